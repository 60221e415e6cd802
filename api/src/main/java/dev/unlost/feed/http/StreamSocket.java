package dev.unlost.feed.http;

import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an answer that does not end.
 *
 * <p>An answer whose request stays open, as the servlet specification has it for asynchronous requests, keeps all the
 * buffers that Tomcat needs to parse a request and to build an answer: 120 kB of heap for a stream on which nothing
 * happens, measured on Tomcat 11, and 77 kB with every setting at its least. So the request ends once the head of the
 * answer is sent, and the bare connection is taken over, by the way that Tomcat provides for protocols that replace
 * HTTP. To the client it is an ordinary answer of HTTP/1.1 whose body ends with the connection (RFC 9112, section 6.3).
 * That leaves 19 kB, of which 16 are the socket's buffers; no thread, in either direction; and a client that goes is
 * noticed when it goes, not at the next write.
 *
 * <p>Public, as is its constructor, because Tomcat makes it.
 */
public final class StreamSocket implements InternalHttpUpgradeHandler {

    /** Whose connection it is. Called from the container's threads. */
    interface Owner {

        /** The head was sent; the body may begin. */
        void opened();

        /** What was sent has left, and more may follow. */
        void writable();

        /** The connection is closed, by whomever. May be told more than once. */
        void gone();
    }

    private final byte[] ignored = new byte[64];

    private @Nullable Owner owner;
    private long writeTimeoutMillis;
    private @Nullable SocketWrapperBase<?> socket;
    private boolean pending;

    public StreamSocket() {}

    synchronized void belongTo(Owner newOwner, long newWriteTimeoutMillis) {
        owner = newOwner;
        writeTimeoutMillis = newWriteTimeoutMillis;
    }

    /** @return whether everything that was sent has left */
    synchronized boolean isWritable() {
        return socket != null && !pending && !socket.isClosed();
    }

    /** Never blocks. What cannot leave at once is kept; nothing more must be sent until it has left. */
    synchronized void send(byte[] bytes) throws IOException {
        SocketWrapperBase<?> to = Objects.requireNonNull(socket);
        if (pending) {
            throw new IllegalStateException("sent before the last has left");
        }
        int sent = sendAtOnce(to, bytes);
        to.write(false, bytes, sent, bytes.length - sent);
        flush(to);
    }

    /**
     * Hands the system what it takes in one call, where Tomcat would make one for each 8 KiB. An encrypted connection is left
     * to Tomcat.
     *
     * @return how much the system took
     */
    private static int sendAtOnce(SocketWrapperBase<?> to, byte[] bytes) throws IOException {
        return to.getSocket() instanceof NioChannel channel && !(channel instanceof SecureNioChannel)
                ? Math.max(0, channel.write(ByteBuffer.wrap(bytes)))
                : 0;
    }

    private void flush(SocketWrapperBase<?> to) throws IOException {
        pending = to.flush(false);
        if (pending) {
            to.registerWriteInterest();
        }
    }

    /** Ends the answer. What has not left yet is lost, which a reader notices by an event that does not end. */
    void close() {
        SocketWrapperBase<?> open;
        synchronized (this) {
            open = socket;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void setSocketWrapper(SocketWrapperBase<?> wrapper) {
        wrapper.setWriteTimeout(writeTimeoutMillis);
        socket = wrapper;
    }

    @Override
    public void init(WebConnection connection) {
        owner().opened();
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        try {
            switch (event) {
                case OPEN_READ -> ignoreInput();
                case OPEN_WRITE -> {
                    if (leave()) {
                        owner().writable();
                    }
                }
                case STOP, TIMEOUT, DISCONNECT, ERROR, CONNECT_FAIL -> {
                    return SocketState.CLOSED;
                }
            }
            return SocketState.UPGRADED;
        } catch (IOException e) {
            // the client has gone, which is its right
            return SocketState.CLOSED;
        }
    }

    private synchronized boolean leave() throws IOException {
        flush(Objects.requireNonNull(socket));
        return !pending;
    }

    /** A client has nothing more to say; but only reading tells that it has gone. */
    private void ignoreInput() throws IOException {
        SocketWrapperBase<?> from;
        synchronized (this) {
            from = Objects.requireNonNull(socket);
        }
        int read;
        do {
            read = from.read(false, ignored, 0, ignored.length);
            if (read < 0) {
                throw new EOFException();
            }
        } while (read > 0);
    }

    private synchronized Owner owner() {
        return Objects.requireNonNull(owner);
    }

    @Override
    public void destroy() {
        owner().gone();
    }

    @Override
    public void pause() {}

    @Override
    public void timeoutAsync(long now) {}

    @Override
    public void setSslSupport(SSLSupport support) {}
}

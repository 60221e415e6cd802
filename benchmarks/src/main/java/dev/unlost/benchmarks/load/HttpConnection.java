package dev.unlost.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * A connection to a service on this machine, kept open from request to request (HTTP/1.1) for as long as the service keeps it. It does little, as it shares the
 * processors with what it measures.
 */
public final class HttpConnection implements Closeable {

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    private final int port;
    private Socket socket;
    private boolean ended;

    private byte[] buffer = new byte[32 * 1024];
    private int start;
    private int end;

    public HttpConnection(int port) throws IOException {
        this.port = port;
        this.socket = connect(port);
    }

    @SuppressWarnings("AddressSelection") // one address, the loopback's
    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), TIMEOUT_MILLIS);
        return socket;
    }

    public Answer send(Request request) throws IOException {
        if (ended) {
            // Tomcat, for one, ends a connection after a hundred requests.
            socket.close();
            socket = connect(port);
            start = 0;
            end = 0;
        }
        request.writeTo(socket.getOutputStream());
        String head = head();
        ended = Answer.header(head, "Connection")
                .filter("close"::equalsIgnoreCase)
                .isPresent();
        int status = Integer.parseInt(head, 9, 12, 10);
        if (status == 304 || status == 204) {
            return new Answer(status, head, new byte[0]);
        }
        if (Answer.header(head, "Transfer-Encoding").isPresent()) {
            return new Answer(status, head, chunks());
        }
        String length = Answer.header(head, "Content-Length")
                .orElseThrow(() -> new IOException("an answer without a length:\n" + head));
        return new Answer(status, head, bytes(Integer.parseInt(length)));
    }

    /** @return up to and with the end of the last header's line */
    private String head() throws IOException {
        int seen = start;
        while (true) {
            for (; seen + 3 < end; seen++) {
                if (buffer[seen] == '\r'
                        && buffer[seen + 1] == '\n'
                        && buffer[seen + 2] == '\r'
                        && buffer[seen + 3] == '\n') {
                    String head = new String(buffer, start, seen + 2 - start, StandardCharsets.ISO_8859_1);
                    start = seen + 4;
                    return head;
                }
            }
            seen -= fill();
        }
    }

    private byte[] chunks() throws IOException {
        byte[] body = new byte[0];
        while (true) {
            int length = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            if (length == 0) {
                line();
                return body;
            }
            byte[] chunk = bytes(length);
            line();
            if (body.length == 0) {
                body = chunk;
            } else {
                byte[] longer = Arrays.copyOf(body, body.length + chunk.length);
                System.arraycopy(chunk, 0, longer, body.length, chunk.length);
                body = longer;
            }
        }
    }

    private String line() throws IOException {
        int seen = start;
        while (true) {
            for (; seen + 1 < end; seen++) {
                if (buffer[seen] == '\r' && buffer[seen + 1] == '\n') {
                    String line = new String(buffer, start, seen - start, StandardCharsets.ISO_8859_1);
                    start = seen + 2;
                    return line;
                }
            }
            seen -= fill();
        }
    }

    private byte[] bytes(int length) throws IOException {
        while (end - start < length) {
            fill();
        }
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + length);
        start += length;
        return bytes;
    }

    /** @return by how much what was there has moved towards the beginning */
    private int fill() throws IOException {
        int moved = start;
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = socket.getInputStream().read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException("the service closed the connection");
        }
        end += read;
        return moved;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

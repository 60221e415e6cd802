package dev.unlost.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Readers of {@code /api/changes}, all on one thread, which look at nothing of what they are sent. */
public final class Streams implements Closeable {

    /** How long is slept between two looks, so that the readers cost little of the processors. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Selector selector = Selector.open();
    private final Thread thread = new Thread(this::read, "streams");
    private final CountDownLatch opened;
    private volatile @Nullable String failure;
    private volatile boolean closed;
    private volatile long bytes;

    /**
     * Opens them and waits until all are answered.
     *
     * @param tokens one for each
     */
    @SuppressWarnings("AddressSelection") // one address, the loopback's
    public Streams(int port, List<String> tokens) throws IOException, InterruptedException {
        this.opened = new CountDownLatch(tokens.size());
        for (String token : tokens) {
            SocketChannel channel = SocketChannel.open(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            channel.write(
                    ByteBuffer.wrap(("GET /api/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                    + "Authorization: Bearer " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        thread.setDaemon(true);
        thread.start();
        if (!opened.await(30, TimeUnit.SECONDS)) {
            throw new IOException("not all streams were answered: " + failure);
        }
    }

    /** @return how much all of them were sent so far */
    public long bytes() {
        return bytes;
    }

    /** @throws IllegalStateException if any has ended */
    public void requireOpen() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key, buffer);
                }
                selector.selectedKeys().clear();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            failure = "a stream failed: " + e;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by this thread only
    private void read(SelectionKey key, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int read = ((SocketChannel) key.channel()).read(buffer);
        if (read < 0) {
            failure = "the service ended a stream";
            key.cancel();
            return;
        }
        bytes += read;
        if (key.attachment() == null) {
            key.attach("answered");
            byte[] start = new byte[12];
            buffer.flip().get(start, 0, Math.min(start.length, read));
            if (!new String(start, StandardCharsets.ISO_8859_1).equals("HTTP/1.1 200")) {
                failure = "a stream was refused: " + StandardCharsets.ISO_8859_1.decode(buffer.rewind());
            }
            opened.countDown();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

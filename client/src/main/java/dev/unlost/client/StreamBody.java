package dev.unlost.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read piece by piece, with a bound on the silence between them; an input stream would wait for ever. The
 * next piece is asked for when this one was taken, so that a slow reader slows the sender down and does not fill memory.
 */
final class StreamBody implements HttpResponse.BodySubscriber<StreamBody>, AutoCloseable {

    private static final int LONGEST_ERROR = 1 << 20;

    private sealed interface Signal {
        record Piece(List<ByteBuffer> buffers) implements Signal {}

        record End(@Nullable Throwable failure) implements Signal {}
    }

    private final String node;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    /** @param node where it comes from */
    StreamBody(String node) {
        this.node = node;
    }

    String node() {
        return node;
    }

    @Override
    public CompletionStage<StreamBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        if (closed) {
            started.cancel();
        } else {
            started.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Signal.Piece(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal.End(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End(null));
    }

    /**
     * @param silence how long to wait at most
     * @return the next bytes; in as many buffers as they came
     * @throws EOFException if the body has ended
     * @throws HttpTimeoutException if nothing came for that long
     * @throws IOException if the connection broke
     */
    List<ByteBuffer> next(Duration silence) throws IOException, InterruptedException {
        Signal signal = signals.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
        return switch (signal) {
            case null -> throw new HttpTimeoutException("nothing came for " + silence.toMillis() + " ms");
            case Signal.Piece piece -> {
                Objects.requireNonNull(subscription).request(1);
                yield piece.buffers();
            }
            case Signal.End end ->
                throw end.failure() == null ? new EOFException("the stream ended") : new IOException(end.failure());
        };
    }

    /** @return the rest of it, for error answers; no more than a MiB */
    byte[] rest(Duration silence) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            while (bytes.size() < LONGEST_ERROR) {
                for (ByteBuffer buffer : next(silence)) {
                    byte[] piece = new byte[buffer.remaining()];
                    buffer.get(piece);
                    bytes.writeBytes(piece);
                }
            }
        } catch (EOFException end) {
            return bytes.toByteArray();
        }
        throw new IOException("an error answer of more than " + LONGEST_ERROR + " bytes");
    }

    /** Lets go of the connection. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription running = subscription;
        if (running != null) {
            running.cancel();
        }
    }
}

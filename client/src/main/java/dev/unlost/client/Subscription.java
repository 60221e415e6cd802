package dev.unlost.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener to the feed, at work until it is closed or cannot go on: its listener threw, or the service refused for a
 * reason that time does not mend, such as a missing scope.
 */
public final class Subscription implements AutoCloseable {

    private final Changes.Subscriptions context;
    private final Consumer<? super FeedEvent> listener;
    private final CompletableFuture<@Nullable Void> completion = new CompletableFuture<>();
    private final Thread thread;

    private Changes changes;
    private volatile @Nullable String cursor;
    private volatile boolean closed;

    /** Set from a reset until the place from which the service goes on is known. */
    private boolean resetPending;

    private int failures;
    private Duration reconnectionTime = Duration.ZERO;

    Subscription(Changes.Subscriptions context, Changes changes, Consumer<? super FeedEvent> listener) {
        this.context = context;
        this.changes = changes;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("unlost-changes").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** @return the cursor of the last event that the listener handled; empty before the first */
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /**
     * @return completes when the last event was handled: normally after {@link #close}, otherwise with what the listener
     *     threw or the {@link UnlostException} that ended it
     */
    public CompletableFuture<@Nullable Void> completion() {
        return completion.copy();
    }

    /**
     * Ends it. Does not wait for the event that is being handled, whose thread is interrupted: {@link #completion} does.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                UnlostException cause = listen();
                if (!closed) {
                    Duration delay = delay(cause);
                    listener.accept(new FeedEvent.Disconnected(cause, delay));
                    context.timing().sleep(delay);
                }
            }
            end(null);
        } catch (InterruptedException e) {
            end(e);
        } catch (RuntimeException | Error e) {
            end(e);
        }
    }

    private void end(@Nullable Throwable cause) {
        context.open().remove(this);
        if (cause == null || closed) {
            completion.complete(null);
        } else {
            completion.completeExceptionally(cause);
        }
    }

    private Duration delay(UnlostException cause) {
        RetryPolicy policy = context.policy();
        failures++;
        Duration asked = cause.repeatableAfter()
                .filter(after -> after.compareTo(reconnectionTime) > 0)
                .orElse(reconnectionTime);
        return asked.plus(policy.delay(failures, context.timing().random()));
    }

    /** @return why it listens no more, where another connection may help */
    private UnlostException listen() {
        Transport transport = context.transport();
        StreamBody opened;
        try {
            opened = transport.open(changes.stream(cursor));
        } catch (ServerFaultException e) {
            return e;
        } catch (UnlostException e) {
            if (e.repeatableAfter().isEmpty()) {
                throw e;
            }
            return e;
        }
        EventStreamParser parser = new EventStreamParser();
        try (StreamBody stream = opened) {
            while (true) {
                List<ServerSentEvent> events = new ArrayList<>();
                try {
                    for (ByteBuffer bytes : stream.next(context.silence())) {
                        parser.read(bytes, events::add);
                    }
                } catch (EOFException e) {
                    return new NoAnswerException("the feed's stream ended", e, null);
                } catch (IOException e) {
                    transport.leave(stream);
                    return new NoAnswerException("the feed's stream broke", e, null);
                } catch (InterruptedException e) {
                    return NoAnswerException.interrupted("the feed's stream", e, null);
                }
                parser.reconnectionTime().ifPresent(time -> reconnectionTime = time);
                events.forEach(this::take);
            }
        }
    }

    private void take(ServerSentEvent event) {
        if (closed) {
            return;
        }
        failures = 0;
        if (event.type().equals("reset")) {
            // from here on only what the service gives out now counts
            changes = changes.fromNow();
            cursor = null;
            resetPending = true;
        }
        String place = event.id() == null || event.id().isEmpty() ? cursor : event.id();
        if (place == null) {
            if (event.type().equals("change")) {
                throw new UnexpectedAnswerException("a change without an id to resume from", null);
            }
            return;
        }
        if (resetPending) {
            listener.accept(new FeedEvent.Reset(place));
            resetPending = false;
            cursor = place;
        }
        FeedEvent told = read(event, place);
        if (told != null) {
            listener.accept(told);
        }
        cursor = place;
    }

    private static @Nullable FeedEvent read(ServerSentEvent event, String cursor) {
        return switch (event.type()) {
            case "change" ->
                new FeedEvent.Changed(Change.of(new Members(Json.parse(event.data(), "a change"))), cursor);
            case "synced" -> new FeedEvent.Synced(cursor);
            case "heartbeat" -> new FeedEvent.Heartbeat(cursor);
            default -> null; // a reset, which was told, or an event of the future
        };
    }
}

package dev.unlost.feed.query;

import dev.unlost.customer.CustomerType;
import dev.unlost.feed.FeedFilter;
import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedReader;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.FeedStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;

/** A node's feed over the database, with its tail running. */
final class FeedNode implements AutoCloseable {

    static final int QUEUE = 64;
    static final int PAGE = 10;

    final SimpleEventBus commits = SimpleEventBus.builder().build();
    final HorizonWatch watch = new HorizonWatch(Duration.ofSeconds(10));
    final LogTail tail;
    final LiveFeed feed;

    FeedNode(LogDatabase database, Duration pollInterval) {
        ChangeDecoder decoder = new ChangeDecoder(Jackson3Serializer.builder().build(), NoOpEventUpcaster.INSTANCE);
        FanOut fanOut = new FanOut(decoder, QUEUE);
        tail = new LogTail(database.maintenance(), commits, fanOut, watch, pollInterval);
        feed = new LiveFeed(
                List.of(CustomerType.INSTANCE),
                new Backlog(database.maintenance(), decoder, PAGE, 2),
                fanOut,
                tail::wake);
        tail.start();
    }

    FeedNode(LogDatabase database) {
        this(database, Duration.ofMillis(25));
    }

    Follower follow(String factory, FeedStart start) {
        return follow(new FeedRequest(factory, start, FeedFilter.ALL));
    }

    Follower follow(FeedRequest request) {
        Follower follower = new Follower(request);
        follower.start();
        return follower;
    }

    /** @return a follower that takes nothing until it is started */
    Follower idle(String factory, FeedStart start) {
        return new Follower(new FeedRequest(factory, start, FeedFilter.ALL));
    }

    @Override
    public void close() {
        tail.stop();
    }

    /** Takes whatever there is at once, on a thread of its own, and remembers where it was. */
    final class Follower implements AutoCloseable {
        final List<FeedItem> items = new CopyOnWriteArrayList<>();
        private final Semaphore available = new Semaphore(1);
        private final FeedStart start;
        private final FeedReader reader;
        private volatile boolean closed;
        private @Nullable Thread thread;

        private Follower(FeedRequest request) {
            start = request.start();
            reader = feed.open(request, available::release);
        }

        void start() {
            thread = Thread.ofVirtual().start(this::run);
        }

        private void run() {
            while (!closed) {
                available.acquireUninterruptibly();
                available.drainPermits();
                for (FeedItem item = reader.poll(); item != null && !closed; item = reader.poll()) {
                    items.add(item);
                    if (item instanceof FeedItem.Ended) {
                        return;
                    }
                }
            }
        }

        List<String> changes() {
            return items.stream()
                    .filter(Changed.class::isInstance)
                    .map(item -> ((Changed) item).change())
                    .map(change -> change.key().id() + " " + change.version())
                    .toList();
        }

        /** @return where to go on, if it stopped now */
        FeedStart place() {
            return items.reversed().stream()
                    .flatMap(item -> cursor(item).stream())
                    .findFirst()
                    .<FeedStart>map(FeedStart.After::new)
                    .orElse(start);
        }

        private static Optional<String> cursor(FeedItem item) {
            return switch (item) {
                case Changed changed -> Optional.of(changed.cursor());
                case FeedItem.Synced synced -> Optional.of(synced.cursor());
                case FeedItem.Reset reset -> Optional.of(reset.cursor());
                case FeedItem.Ended ended -> Optional.empty();
            };
        }

        boolean hasEnded() {
            return !items.isEmpty() && items.getLast() instanceof FeedItem.Ended;
        }

        void awaitItems(int count) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> items.size() >= count || hasEnded());
        }

        void awaitSynced() {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> items.stream().anyMatch(FeedItem.Synced.class::isInstance));
        }

        @Override
        public void close() {
            stop();
        }

        /** Takes no more, for sure, once this has returned. */
        void stop() {
            closed = true;
            reader.close();
            available.release();
            Thread running = thread;
            if (running != null) {
                try {
                    running.join(Duration.ofSeconds(10));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

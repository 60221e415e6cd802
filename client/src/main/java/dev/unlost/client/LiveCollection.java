package dev.unlost.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of all records of one kind, kept current by the feed. It takes its place in the feed first and lists all records
 * then, so that nothing falls between the two; the {@link VersionGate} drops what the list had already.
 *
 * <p>While it is {@link Status#LIVE}, each record is the server's, but for the moment that news is on its way. Each is so
 * on its own: two records that changed together may be seen changed one after the other. It can be read by any thread.
 *
 * @param <T> the contents
 */
public final class LiveCollection<T> implements AutoCloseable {

    /** How good the copy is. */
    public enum Status {
        /** The first list is not complete yet. */
        STARTING,
        /** Every change is taken over as it happens. */
        LIVE,
        /** The feed was lost. What is here was right then; what is missed will be made up for. */
        CATCHING_UP,
        /** It was closed, or could not go on; {@link LiveCollection#completion} says which. */
        ENDED
    }

    /** Learns of changes of the copy, one by one, after they were made. What it throws ends the collection. */
    public interface Listener<T> {

        /**
         * A record appeared, or has another version.
         *
         * @param before what was here before; null for none
         */
        void changed(@Nullable Versioned<T> before, Versioned<T> now);

        /** A record is no longer there. */
        void removed(Versioned<T> before);

        /** The copy is better or worse than before. */
        default void statusChanged(Status status) {}
    }

    private static final int PAGE = 200;

    private final Resource<T> resource;
    private final Records<T> records;
    private final Engine engine;
    private final VersionGate<String> gate = VersionGate.unbounded();
    private final Map<String, Versioned<T>> copy = new ConcurrentHashMap<>();
    private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

    /** Held while the copy and its listeners are told of something, so that who joins misses nothing. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition progress = lock.newCondition();
    private volatile Status status = Status.STARTING;
    private boolean listed;
    private @Nullable Subscription subscription;
    private CompletableFuture<@Nullable Void> completion = new CompletableFuture<>();

    private LiveCollection(Resource<T> resource, Records<T> records, Engine engine) {
        this.resource = resource;
        this.records = records;
        this.engine = engine;
    }

    static <T> LiveCollection<T> start(Resource<T> resource, Records<T> records, Engine engine) {
        LiveCollection<T> collection = new LiveCollection<>(resource, records, engine);
        Subscription subscription =
                new Changes(engine.subscriptions()).ofType(resource.type()).subscribe(collection::take);
        collection.subscription = subscription;
        collection.completion =
                subscription.completion().whenComplete((done, failure) -> collection.become(Status.ENDED));
        return collection;
    }

    /** @return the record; empty if there is none */
    public Optional<Versioned<T>> get(String id) {
        return Optional.ofNullable(copy.get(id));
    }

    /** @return the records there are now, by id; what happens later does not show in it */
    public Map<String, Versioned<T>> snapshot() {
        return Map.copyOf(copy);
    }

    /** @return how many records there are */
    public int size() {
        return copy.size();
    }

    public Status status() {
        return status;
    }

    /**
     * Waits until the copy is {@link Status#LIVE}.
     *
     * @return whether it is, or it took longer than that
     * @throws IllegalStateException if the collection has ended
     */
    public boolean awaitLive(Duration timeout) throws InterruptedException {
        return await(() -> status == Status.LIVE, timeout);
    }

    /**
     * Waits until the copy has a version of a record, or a later one, or its deletion: so that who has written can see
     * here what was written.
     *
     * @return whether it has, or it took longer than that
     * @throws IllegalStateException if the collection has ended
     */
    public boolean awaitVersion(String id, long version, Duration timeout) throws InterruptedException {
        return await(() -> gate.version(id) >= version, timeout);
    }

    /**
     * Tells the listener of every record there is, and then of every change, with no gap between the two.
     *
     * @return ends the telling
     */
    public Runnable follow(Listener<T> listener) {
        lock.lock();
        try {
            copy.values().forEach(record -> listener.changed(null, record));
            listeners.add(listener);
        } finally {
            lock.unlock();
        }
        return () -> listeners.remove(listener);
    }

    /** @return completes when the collection has ended: normally if it was closed, otherwise with what ended it */
    public CompletableFuture<@Nullable Void> completion() {
        return completion.copy();
    }

    /** Lets go of the feed. What was copied can still be read. */
    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    private void take(FeedEvent event) {
        switch (event) {
            case FeedEvent.Changed changed -> {
                listOnce();
                take(changed.change());
            }
            case FeedEvent.Synced synced -> {
                listOnce();
                become(Status.LIVE);
            }
            case FeedEvent.Heartbeat heartbeat -> listOnce();
            case FeedEvent.Reset reset -> {
                become(Status.CATCHING_UP);
                list();
                become(Status.LIVE);
            }
            case FeedEvent.Disconnected lost -> {
                if (status == Status.LIVE) {
                    become(Status.CATCHING_UP);
                }
            }
        }
    }

    private void take(Change change) {
        if (!resource.includes(change)) {
            return;
        }
        String id = change.id();
        gate.handle(
                id,
                change.version(),
                () -> {
                    if (change.action() == Action.DELETE) {
                        remove(id);
                    } else {
                        gate.advance(id, read(change));
                    }
                },
                () -> read(change));
        signal();
    }

    /** @return the version that was found, which may be later than that of the change */
    private long read(Change change) {
        String id = change.id();
        Found<T> found = patiently(() -> find(change));
        found.record().ifPresentOrElse(this::put, () -> remove(id));
        return found.version();
    }

    /** @param record empty where it is deleted, or another collection's */
    private record Found<T>(Optional<Versioned<T>> record, long version) {}

    private Found<T> find(Change change) {
        try {
            Versioned<T> record = records.get(change.id());
            return new Found<>(Optional.of(record), record.version());
        } catch (GoneException deleted) {
            return new Found<>(Optional.empty(), Math.max(change.version(), deleted.version()));
        } catch (NotFoundException elsewhere) {
            return new Found<>(Optional.empty(), change.version());
        }
    }

    private void listOnce() {
        if (!listed) {
            list();
        }
    }

    private void list() {
        Map<String, Versioned<T>> all = patiently(() -> {
            Map<String, Versioned<T>> found = new HashMap<>();
            records.stream(Query.all().pagesOf(PAGE))
                    .forEach(record -> found.merge(
                            record.id(), record, (one, other) -> one.version() > other.version() ? one : other));
            return found;
        });
        // versions of another database, to which a reset may lead, do not compare with those known
        gate.clear();
        copy.keySet().stream().filter(id -> !all.containsKey(id)).toList().forEach(this::remove);
        all.values().forEach(record -> {
            put(record);
            gate.advance(record.id(), record.version());
        });
        listed = true;
        signal();
    }

    private void put(Versioned<T> now) {
        lock.lock();
        try {
            Versioned<T> before = copy.put(now.id(), now);
            if (!now.equals(before)) {
                listeners.forEach(listener -> listener.changed(before, now));
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(String id) {
        lock.lock();
        try {
            Versioned<T> before = copy.remove(id);
            if (before != null) {
                listeners.forEach(listener -> listener.removed(before));
            }
        } finally {
            lock.unlock();
        }
    }

    private void become(Status now) {
        lock.lock();
        try {
            if (status == now || status == Status.ENDED) {
                return;
            }
            status = now;
            progress.signalAll();
            listeners.forEach(listener -> listener.statusChanged(now));
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (status == Status.ENDED) {
                    throw new IllegalStateException("the copy of " + resource.path() + " is no longer kept current");
                }
                if (left <= 0) {
                    return false;
                }
                left = progress.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Reads until there is an answer: what is not read would be missing for good. */
    private <R> R patiently(Supplier<R> reading) {
        Status before = status;
        Attempts attempts = new Attempts(engine.subscriptions().policy(), engine.timing());
        while (true) {
            try {
                R read = reading.get();
                become(before);
                return read;
            } catch (UnlostException e) {
                boolean passing = e.repeatableAfter().isPresent() || e instanceof ServerFaultException;
                if (!passing) {
                    throw e;
                }
                become(Status.CATCHING_UP);
                Duration delay = attempts.anotherWithin(e.repeatableAfter().orElse(Duration.ZERO))
                        .orElseThrow(() -> e);
                engine.retries().retrying(e, attempts.made() - 1, delay);
                pause(delay);
            }
        }
    }

    private void pause(Duration delay) {
        try {
            engine.timing().sleep(delay);
        } catch (InterruptedException e) {
            throw NoAnswerException.interrupted("a copy of " + resource.path(), e, null);
        }
    }
}

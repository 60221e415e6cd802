package dev.unlost.feed.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.SubscribableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the log's end, once per node, for everybody on it. It looks whenever this node has committed something, and
 * else at an interval: the database is not asked to notify, as that would make commits wait for each other.
 */
final class LogTail implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    /** After the edge has let go of its streams and of its requests; before the pools are closed. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private static final int BATCH = 500;

    /** The most waiting events that are counted. */
    private static final int COUNT_LIMIT = 100_000;

    /** How often the log's identity is checked, waiting events are counted, and it is looked at while nobody follows. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** However many commits there are: leaves the database some time for them. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * The time for each reader before they are told again. Telling somebody something costs much the same for one change as
     * for ten, so that many readers are told less often what was committed meanwhile.
     */
    private static final long PAUSE_PER_FOLLOWER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** However many readers there are: what comes later than that is no longer seen as happening at once. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What this node committed can wait for another transaction that is about to end: looked at again this often. */
    private static final int QUICK_LOOKS = 4;

    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    private static final Duration RETRY_AFTER = Duration.ofMillis(250);

    private final DataSource maintenance;
    private final SubscribableMessageSource<EventMessage<?>> commits;
    private final FanOut fanOut;
    private final HorizonWatch watch;
    private final long pollNanos;
    private final Semaphore wake = new Semaphore(0);

    private volatile boolean running;
    private volatile int waiting;
    private volatile long lookedAt = System.nanoTime();
    private @Nullable Thread thread;
    private @Nullable Registration registration;
    private boolean broken;

    LogTail(
            DataSource maintenance,
            SubscribableMessageSource<EventMessage<?>> commits,
            FanOut fanOut,
            HorizonWatch watch,
            Duration pollInterval) {
        this.maintenance = maintenance;
        this.commits = commits;
        this.fanOut = fanOut;
        this.watch = watch;
        this.pollNanos = pollInterval.toNanos();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            running = true;
            registration = commits.subscribe(events -> wakeAfterCommit());
            thread = Thread.ofPlatform().name("log-tail").daemon().start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        Thread stopping = thread;
        if (stopping == null) {
            return;
        }
        running = false;
        if (registration != null) {
            registration.close();
        }
        wake();
        try {
            stopping.join(NETWORK_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void wakeAfterCommit() {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(committed -> wakeIfFollowed());
        } else {
            wakeIfFollowed();
        }
    }

    private void wakeIfFollowed() {
        if (fanOut.isFollowed()) {
            wake();
        }
    }

    /** Makes the tail look at once. */
    void wake() {
        wake.release();
    }

    /** @return how many committed events the tail has not told yet because a transaction keeps it from them */
    int waitingEvents() {
        return waiting;
    }

    /** @return how far the tail is behind: held up by a transaction, or without an answer from the database */
    Duration lag() {
        long silent = System.nanoTime() - lookedAt - 2 * CALM_NANOS;
        return silent > 0 && running ? Duration.ofNanos(silent).plus(watch.held()) : watch.held();
    }

    private void run() {
        while (running) {
            try (Connection connection = maintenance.getConnection()) {
                connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
                follow(connection);
            } catch (SQLException e) {
                if (running && !broken) {
                    broken = true;
                    LOG.warn("the log's tail has lost the database (SQL state {}) and tries again", e.getSQLState());
                }
                pause(RETRY_AFTER.toNanos());
            } catch (RuntimeException | Error e) {
                // nothing was passed over: it starts again where it failed, and says so each time
                sayThatItFailed(e);
                pause(CALM_NANOS);
            }
        }
    }

    private static void sayThatItFailed(Throwable failure) {
        try {
            LOG.error("the log's tail failed", failure);
        } catch (Error e) {
            // there is no memory even for that; the tail must not end by it, and its health tells that it is behind
            failure.addSuppressed(e);
        }
    }

    private void follow(Connection connection) throws SQLException {
        long checkedAt = System.nanoTime() - CALM_NANOS;
        long toldAt = checkedAt;
        int quickLooks = 0;
        while (running) {
            long now = System.nanoTime();
            Horizon horizon;
            if (now - checkedAt >= CALM_NANOS) {
                checkedAt = now;
                horizon = check(connection);
            } else {
                horizon = LogReader.horizon(connection);
            }
            watch.observe(horizon, now);
            if (!fanOut.hasReached(horizon.complete()) && readTo(horizon, connection)) {
                toldAt = now;
            }
            lookedAt = now;
            long nanos = pollNanos;
            if (!fanOut.isFollowed()) {
                nanos = CALM_NANOS;
            } else if (quickLooks > 0 && horizon.isHeld()) {
                nanos = Math.min(pollNanos, SHORTEST_PAUSE_NANOS << (QUICK_LOOKS - quickLooks));
            }
            quickLooks = pause(nanos) ? QUICK_LOOKS : Math.max(0, quickLooks - 1);
            long sinceTold = System.nanoTime() - toldAt;
            long sinceLooked = System.nanoTime() - now;
            LockSupport.parkNanos(Math.max(pauseAfterTelling() - sinceTold, SHORTEST_PAUSE_NANOS - sinceLooked));
        }
    }

    private long pauseAfterTelling() {
        return Math.min(fanOut.followers() * PAUSE_PER_FOLLOWER_NANOS, LONGEST_PAUSE_NANOS);
    }

    private Horizon check(Connection connection) throws SQLException {
        LogState state = LogReader.state(connection);
        fanOut.begin(state);
        waiting =
                watch.held().toNanos() < CALM_NANOS ? 0 : LogReader.waiting(connection, fanOut.position(), COUNT_LIMIT);
        if (broken) {
            broken = false;
            LOG.info("the log's tail goes on");
        }
        return state.horizon();
    }

    /** @return whether anything was told */
    private boolean readTo(Horizon horizon, Connection connection) throws SQLException {
        if (fanOut.skipTo(horizon.complete())) {
            return false;
        }
        boolean told = false;
        List<LoggedEvent> events;
        do {
            events = LogReader.all(connection, fanOut.position(), horizon, BATCH);
            fanOut.tell(
                    events,
                    events.size() < BATCH
                            ? horizon.complete()
                            : events.getLast().position());
            told |= !events.isEmpty();
        } while (running && events.size() == BATCH);
        return told;
    }

    /** @return whether it was woken */
    private boolean pause(long nanos) {
        try {
            boolean woken = wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
            wake.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

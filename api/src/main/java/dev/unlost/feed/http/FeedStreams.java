package dev.unlost.feed.http;

import dev.unlost.feed.http.FeedStream.End;
import dev.unlost.http.Problem;
import dev.unlost.http.ProblemException;
import dev.unlost.http.ProblemType;
import dev.unlost.http.Problems;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** All open streams of this node: how many there may be, what they need from time to time, and their end. */
@Component
final class FeedStreams implements SmartLifecycle, FeedStream.Streams {

    private static final Logger LOG = LoggerFactory.getLogger(FeedStreams.class);

    /** Before the web server waits for its requests, so that clients are at another node while it does. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
    private static final Duration LONGEST_TICK = Duration.ofMillis(250);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final StreamSettings settings;
    private final StreamAccess access;
    private final FeedFrames frames = new FeedFrames();
    private final Set<FeedStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ofFactory = new HashMap<>();
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("feed-", 0).factory());
    private final Counter delivered;
    private final MeterRegistry meters;

    private @Nullable Thread ticker;
    private volatile boolean running;

    FeedStreams(StreamSettings settings, StreamAccess access, MeterRegistry meters) {
        this.settings = settings;
        this.access = access;
        this.meters = meters;
        this.delivered = Counter.builder("unlost.feed.delivered")
                .description("Changes told on streams")
                .register(meters);
        Gauge.builder("unlost.feed.streams", streams, Set::size)
                .description("Open streams of changes")
                .register(meters);
    }

    /**
     * Makes room for one more stream.
     *
     * @throws ProblemException if there is none
     */
    FeedStream admit(String factoryId, StreamAccess.Grant grant) {
        FeedStream stream = new FeedStream(factoryId, grant, this, System.nanoTime());
        synchronized (ofFactory) {
            if (!running) {
                throw Problems.retryLater(ProblemType.UNAVAILABLE).exception();
            }
            int ofThisFactory = ofFactory.getOrDefault(factoryId, 0);
            if (streams.size() >= settings.maxStreams() || ofThisFactory >= settings.maxStreamsPerFactory()) {
                throw Problem.of(ProblemType.TOO_MANY_STREAMS)
                        .withHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS))
                        .exception();
            }
            ofFactory.put(factoryId, ofThisFactory + 1);
            streams.add(stream);
        }
        return stream;
    }

    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    @Override
    public FeedFrames frames() {
        return frames;
    }

    @Override
    public void delivered(int changes) {
        delivered.increment(changes);
    }

    @Override
    public boolean stillHolds(StreamAccess.Grant grant) {
        return access.stillHolds(grant);
    }

    @Override
    public void ended(FeedStream stream, End why) {
        synchronized (ofFactory) {
            streams.remove(stream);
            ofFactory.computeIfPresent(stream.factoryId(), (factory, count) -> count == 1 ? null : count - 1);
            ofFactory.notifyAll();
        }
        if (why != End.NOT_OPENED) {
            meters.counter("unlost.feed.ended", "reason", why.name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    private void run(Duration pause) {
        try {
            while (running) {
                try {
                    lookAfterAll();
                } catch (RuntimeException | Error e) {
                    sayThatItFailed(e);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAfterAll() {
        long now = System.nanoTime();
        Instant time = InstantSource.system().instant();
        for (FeedStream stream : streams) {
            try {
                stream.lookAfter(now, time, settings);
            } catch (RuntimeException | Error e) {
                // the others have to be looked after all the same
                sayThatItFailed(e);
            }
        }
    }

    private static void sayThatItFailed(Throwable failure) {
        try {
            LOG.error("streams of changes could not be looked after", failure);
        } catch (Error e) {
            // there is no memory even for that; without this thread no stream would be told that it is alive
            failure.addSuppressed(e);
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public synchronized void start() {
        Duration tick = settings.heartbeat().dividedBy(10);
        if (tick.compareTo(SHORTEST_TICK) < 0) {
            tick = SHORTEST_TICK;
        } else if (tick.compareTo(LONGEST_TICK) > 0) {
            tick = LONGEST_TICK;
        }
        Duration pause = tick;
        running = true;
        ticker = Thread.ofPlatform().name("feed-ticker").daemon().start(() -> run(pause));
    }

    @Override
    public synchronized void stop() {
        List<FeedStream> open;
        synchronized (ofFactory) {
            running = false;
            open = List.copyOf(streams);
        }
        if (ticker != null) {
            ticker.interrupt();
        }
        open.forEach(stream -> stream.end(End.SHUTDOWN));
        awaitNone();
    }

    private void awaitNone() {
        long until = System.nanoTime() + FAREWELL.toNanos();
        synchronized (ofFactory) {
            try {
                while (!streams.isEmpty() && until - System.nanoTime() > 0) {
                    TimeUnit.NANOSECONDS.timedWait(ofFactory, until - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!streams.isEmpty()) {
                LOG.warn("{} streams of changes were not closed in time", streams.size());
            }
        }
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.EventStream;
import dev.unlost.app.support.EventStream.Event;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Consumers whose connections break all the time, at two nodes that break as well, are told every version of every record
 * once and in order. The second node's clock is 61 seconds behind, which makes readers that go by gaps and times lose
 * events.
 *
 * <p>{@code -Dunlost.feed.seconds=60} is the long form: so long is written, and the second node stands still for 70
 * seconds.
 */
class FeedIT {

    private static final int CONSUMERS = 20;
    private static final int WRITERS = 16;
    private static final int RECORDS = 40;
    private static final int SECONDS = Integer.getInteger("unlost.feed.seconds", 12);
    private static final Duration STANDSTILL = Duration.ofSeconds(SECONDS < 60 ? 4 : 70);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);
    private static final Duration TO_CATCH_UP = Duration.ofSeconds(60);

    private static final TestDatabase DATABASE = TestDatabase.create("feed");
    private static final AtomicReferenceArray<@Nullable TestNode> NODES = new AtomicReferenceArray<>(2);

    private final String factory = "feed-" + UUID.randomUUID();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean over;

    @BeforeAll
    static void startBoth() {
        CompletableFuture<TestNode> first = CompletableFuture.supplyAsync(FeedIT::first);
        NODES.set(1, TestNode.ownProcess(DATABASE, "unlost.clock.offset=-61s"));
        NODES.set(0, first.join());
    }

    @AfterAll
    static void stopBoth() {
        node(0).kill();
        node(1).kill();
    }

    private static TestNode first() {
        return TestNode.ownProcess(DATABASE);
    }

    private static TestNode node(int number) {
        TestNode node = NODES.get(number);
        if (node == null) {
            throw new IllegalStateException("not started");
        }
        return node;
    }

    @Test
    void everyConsumerIsToldEveryVersionOnceWhileANodeIsKilledAndStartedAgain(TestReporter report) throws Exception {
        everyConsumerIsToldEveryVersionOnce(report, () -> {
            node(0).kill();
            NODES.set(0, first());
        });
    }

    @Test
    void everyConsumerIsToldEveryVersionOnceWhileANodeStandsStill(TestReporter report) throws Exception {
        everyConsumerIsToldEveryVersionOnce(report, () -> {
            node(1).pause();
            long until = System.nanoTime() + STANDSTILL.toNanos();
            await().atMost(STANDSTILL.multipliedBy(2)).until(() -> System.nanoTime() >= until);
            node(1).resume();
        });
    }

    @FunctionalInterface
    private interface Trouble {
        void make() throws Exception;
    }

    private void everyConsumerIsToldEveryVersionOnce(TestReporter report, Trouble trouble) throws Exception {
        String token = node(0).token("ann", factory);
        Caller ann = Caller.withToken(node(0), token);
        List<Written> records = records(ann);
        List<Consumer> consumers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CONSUMERS; i++) {
                Consumer consumer = new Consumer(token, new Random(i));
                consumers.add(consumer);
                running.add(threads.submit(consumer::run));
            }
            try {
                write(token, records, trouble);
                await("all consumers are told all there is").atMost(TO_CATCH_UP).until(() -> {
                    long events = total(inTheLog());
                    return consumers.stream().allMatch(consumer -> consumer.told.get() >= events);
                });
            } finally {
                over = true;
                for (Future<?> consumer : running) {
                    consumer.get(1, TimeUnit.MINUTES);
                }
                // says more than that it took too long
                consumers.forEach(consumer -> assertThat(consumer.faults).isEmpty());
            }
        }
        Map<String, Long> all = inTheLog();
        long events = total(all);
        assertThat(events).as("every accepted write is in the log").isGreaterThanOrEqualTo(RECORDS + accepted.get());
        consumers.forEach(consumer -> assertThat(consumer.versions).isEqualTo(all));
        report.publishEntry(events + " events, " + accepted + " answered and " + unanswered + " unanswered writes, "
                + consumers.stream().mapToInt(consumer -> consumer.connections).sum() + " connections");
    }

    private record Written(Records records, String path) {}

    /** As many of every kind. */
    private static List<Written> records(Caller caller) {
        List<Written> all = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            Records records = kind.in(caller);
            for (int i = 0; i < RECORDS / RecordKind.values().length; i++) {
                all.add(new Written(records, records.created(caller, "Record " + i)));
            }
        }
        return all;
    }

    private void write(String token, List<Written> records, Trouble trouble) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Writer writer = new Writer(i, token, records);
                writing.add(writers.scheduleWithFixedDelay(
                        writer::write, 0, BETWEEN_WRITES.toMillis(), TimeUnit.MILLISECONDS));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> accepted.get() > 20 * WRITERS);
            trouble.make();
            int before = accepted.get();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> System.nanoTime() >= end && accepted.get() > before + 20 * WRITERS);
            assertThat(writing).as("writers that gave up").noneMatch(Future::isDone);
            writers.shutdown();
        }
    }

    /** Changes records at one node, and at the other when that one does not answer. */
    private final class Writer {
        private final Random random;
        private final String token;
        private final List<Written> records;
        private int at;
        private int written;

        Writer(int number, String token, List<Written> records) {
            this.random = new Random(number);
            this.token = token;
            this.records = records;
            this.at = number % 2;
        }

        void write() {
            written++;
            try {
                Written record = records.get(random.nextInt(records.size()));
                Reply reply = Caller.withToken(node(at), token)
                        .patch(
                                record.path(),
                                record.records().first(at + "-" + written + "-" + random.nextInt()),
                                "If-Match",
                                "*");
                (reply.status() == 200 ? accepted : unanswered).incrementAndGet();
            } catch (UncheckedIOException | IllegalStateException e) {
                // killed, not there yet, or told to end
                unanswered.incrementAndGet();
                at = 1 - at;
            }
        }
    }

    /** Follows the feed, for 0.2 to 5 seconds at a time, at either node, and goes on where it was. */
    private final class Consumer {
        final Map<String, Long> versions = new HashMap<>();
        final List<String> faults = new ArrayList<>();
        final AtomicLong told = new AtomicLong();
        int connections;
        private final String token;
        private final Random random;
        private String cursor = "";

        Consumer(String token, Random random) {
            this.token = token;
            this.random = random;
        }

        void run() {
            while (!over) {
                follow(Duration.ofMillis(200 + random.nextInt(4800)));
            }
        }

        private void follow(Duration time) {
            long until = System.nanoTime() + time.toNanos();
            try (EventStream stream =
                    EventStream.open(node(random.nextInt(2)).uri("/api/changes?since=0"), token, cursor, time, 0)) {
                connections++;
                if (stream.status() != 200) {
                    // a node that is starting, or asked for the past by too many, says so; whoever asks comes back
                    if (stream.status() != 503) {
                        faults.add("answered " + stream.status());
                    }
                    return;
                }
                long left = time.toNanos();
                while (left > 0 && !over) {
                    stream.patience(Duration.ofNanos(left));
                    Event event = stream.next();
                    if (event == null) {
                        return;
                    }
                    take(event);
                    left = until - System.nanoTime();
                }
            } catch (IOException e) {
                // its time is over, or the node's
            }
        }

        private void take(Event event) {
            switch (event.name()) {
                case "change" -> {
                    String id = event.json().path("id").stringValue();
                    long version = event.json().path("version").longValue();
                    long known = versions.getOrDefault(id, 0L);
                    if (version != known + 1) {
                        faults.add(id + ": " + version + " after " + known);
                    }
                    told.addAndGet(Math.max(0, version - known));
                    versions.put(id, Math.max(known, version));
                }
                case "reset" -> faults.add("reset: " + event.data());
                default -> {}
            }
            if (!event.id().isEmpty()) {
                cursor = event.id();
            }
        }
    }

    private static long total(Map<String, Long> versions) {
        return versions.values().stream().mapToLong(Long::longValue).sum();
    }

    /** @return how many versions each record has */
    private Map<String, Long> inTheLog() {
        Map<String, Long> versions = new HashMap<>();
        DATABASE.asAdmin().sql("""
                        select regexp_replace(aggregate_id, '^main/', '') as id, count(*) as versions from unlost.event
                        where factory_id = ? group by 1""").param(factory).query(row -> {
            versions.put(row.getString("id"), row.getLong("versions"));
        });
        return versions;
    }
}

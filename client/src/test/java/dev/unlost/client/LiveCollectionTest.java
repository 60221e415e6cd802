package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.client.InMemoryService.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveCollectionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final InMemoryService service = new InMemoryService();
    private final TestServer server = new TestServer(service);
    private final UnlostClient client = UnlostClient.of(server.uri())
            .connectionRetries(new RetryPolicy(1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(20)))
            .callRetries(new RetryPolicy(2, LONG, Duration.ofMillis(1), Duration.ofMillis(1)))
            .build();

    /** What a listener that was there from the beginning makes of what it is told. */
    private static final class Mirror implements LiveCollection.Listener<Customer> {
        private final Map<String, Versioned<Customer>> records = new ConcurrentHashMap<>();
        private final List<LiveCollection.Status> statuses = new CopyOnWriteArrayList<>();
        private final List<String> contradictions = new CopyOnWriteArrayList<>();

        @Override
        public void changed(@Nullable Versioned<Customer> before, Versioned<Customer> now) {
            Versioned<Customer> known = records.put(now.id(), now);
            if (known == null ? before != null : !known.equals(before)) {
                contradictions.add(known + " was told to be " + before);
            }
        }

        @Override
        public void removed(Versioned<Customer> before) {
            if (!before.equals(records.remove(before.id()))) {
                contradictions.add("removed " + before);
            }
        }

        @Override
        public void statusChanged(LiveCollection.Status status) {
            statuses.add(status);
        }
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void hasWhatIsThereAndWhatComes() throws InterruptedException {
        for (int i = 0; i < 450; i++) {
            service.put("r%03d".formatted(i), "first");
        }

        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();
            assertThat(live.snapshot()).isEqualTo(service.present());

            service.put("r001", "second");
            service.put("new", "first");
            service.delete("r002");

            awaitServersState(live);
            assertThat(live.get("r001").orElseThrow().value().notes()).isEqualTo("second");
            assertThat(live.get("r002")).isEmpty();
            assertThat(live.size()).isEqualTo(451);
        }
    }

    @Test
    void recordsOfOtherNamespacesAreOthersWhateverTheirIds() throws InterruptedException {
        service.put("r1", "first");
        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();

            service.tellOfDeletionIn("sales", "r1", 2);
            awaitServersState(live);
            service.put("r1", "second");

            awaitServersState(live);
            assertThat(live.get("r1").orElseThrow().value().notes()).isEqualTo("second");
        }
    }

    @Test
    void aChangeIsOfTheMetahubThatThePathNames() {
        Resource<MetahubRecord> hubs = Resource.of("hub", "/api/metahubs/sales/hubs", MetahubRecord.CODEC);
        assertThat(hubs.includes(change("hub", "sales"))).isTrue();
        assertThat(hubs.includes(change("hub", "main"))).isFalse();
        assertThat(hubs.includes(change("hub", null))).isFalse();
        assertThat(hubs.includes(change("catalog", "sales"))).isFalse();
        assertThat(Resource.CUSTOMERS.includes(change("customer", null))).isTrue();
        assertThat(Resource.CUSTOMERS.includes(change("customer", "sales"))).isFalse();
    }

    private static Change change(String type, @Nullable String namespace) {
        return new Change(type, namespace, "r1", "f-1", Action.UPDATE, List.of("name"), 2, Instant.EPOCH, "ann");
    }

    @Test
    void whatChangesWhileItIsListedIsNotMissed() throws InterruptedException {
        for (int i = 0; i < 450; i++) {
            service.put("r%03d".formatted(i), "first");
        }
        AtomicBoolean once = new AtomicBoolean();
        service.faults(request -> {
            if (request.path().contains("after=") && once.compareAndSet(false, true)) {
                service.put("a-before-the-first-page", "new");
                service.put("r000", "changed after it was listed");
                service.delete("r001");
                service.put("r449", "changed before it is listed");
                service.delete("r448");
            }
            return Fault.NONE;
        });

        try (LiveCollection<Customer> live = client.customers().live()) {
            awaitServersState(live);
            assertThat(once).isTrue();
        }
    }

    @Test
    void newsThatTheListHadAlreadyIsNotReadAgain() throws InterruptedException {
        service.put("r1", "first");
        AtomicBoolean once = new AtomicBoolean();
        service.faults(request -> {
            if (request.path().contains("limit=") && once.compareAndSet(false, true)) {
                service.put("r1", "second");
            }
            return Fault.NONE;
        });

        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();
            service.put("r2", "first");
            assertThat(live.awaitVersion("r2", 1, LONG)).isTrue();
        }
        assertThat(server.requests())
                .extracting(TestServer.Request::path)
                .doesNotContain("/api/customers/r1")
                .contains("/api/customers/r2");
    }

    @Test
    void anotherDatabaseIsListedAnewEvenWhereItsVersionsAreLower() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            service.put("r1", "before " + i);
        }
        service.put("r2", "before");

        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();
            Mirror mirror = new Mirror();
            live.follow(mirror);

            service.becomeAnother();
            service.put("r1", "after");
            service.put("r3", "after");

            awaitServersState(live);
            service.put("r1", "later");
            awaitServersState(live);
            assertThat(live.get("r2")).isEmpty();
            assertThat(mirror.records).isEqualTo(live.snapshot());
            assertThat(mirror.contradictions).isEmpty();
        }
    }

    @Test
    void readsThatFailForAWhileAreWaitedOut() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();
            Mirror mirror = new Mirror();
            live.follow(mirror);
            service.faults(request -> failures.incrementAndGet() <= 9 ? Fault.UNAVAILABLE : Fault.NONE);

            service.put("r1", "first");

            awaitServersState(live);
            assertThat(live.awaitLive(LONG)).isTrue();
            assertThat(mirror.statuses)
                    .startsWith(LiveCollection.Status.CATCHING_UP)
                    .endsWith(LiveCollection.Status.LIVE);
        }
    }

    @Test
    void refusalThatTimeDoesNotMendEndsIt() {
        Script script = new Script().thenProblem(403, "insufficient-scope");

        try (TestServer refusing = new TestServer(script);
                UnlostClient mallory = UnlostClient.of(refusing.uri()).build();
                LiveCollection<Customer> live = mallory.customers().live()) {
            assertThatThrownBy(() -> live.awaitLive(LONG)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> live.completion().join()).hasCauseInstanceOf(ForbiddenException.class);
            assertThat(live.status()).isEqualTo(LiveCollection.Status.ENDED);
        }
    }

    @Test
    void listenerThatThrowsEndsItVisibly() throws InterruptedException {
        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();
            live.follow(new LiveCollection.Listener<>() {
                @Override
                public void changed(@Nullable Versioned<Customer> before, Versioned<Customer> now) {
                    throw new IllegalStateException("screen is gone");
                }

                @Override
                public void removed(Versioned<Customer> before) {}
            });

            service.put("r1", "first");

            assertThatThrownBy(() -> live.completion().join()).hasRootCauseMessage("screen is gone");
        }
    }

    @Test
    void whoFollowsIsToldWhatIsThereFirstAndNothingAfterTheEnd() throws InterruptedException {
        service.put("r1", "first");
        try (LiveCollection<Customer> live = client.customers().live()) {
            assertThat(live.awaitLive(LONG)).isTrue();
            Mirror mirror = new Mirror();
            Runnable end = live.follow(mirror);
            assertThat(mirror.records).containsOnlyKeys("r1");

            end.run();
            service.put("r2", "first");

            assertThat(live.awaitVersion("r2", 1, LONG)).isTrue();
            assertThat(mirror.records).containsOnlyKeys("r1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void endsAtTheServersStateWhateverBreaks(int seed) throws InterruptedException {
        Random chance = new Random(seed);
        service.faults(request -> {
            synchronized (chance) {
                return switch (chance.nextInt(12)) {
                    case 0 -> Fault.LOST_REQUEST;
                    case 1 -> Fault.LOST_ANSWER;
                    case 2 -> Fault.UNAVAILABLE;
                    default -> Fault.NONE;
                };
            }
        });
        try (LiveCollection<Customer> live = client.customers().live()) {
            Mirror mirror = new Mirror();
            live.follow(mirror);
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < 3; w++) {
                int writer = w;
                writers.add(Thread.ofVirtual().start(() -> write(writer, new Random(seed * 31L + writer), live)));
            }
            for (Thread writer : writers) {
                writer.join();
            }

            awaitServersState(live);
            assertThat(mirror.records).isEqualTo(live.snapshot());
            assertThat(mirror.contradictions).isEmpty();
        }
    }

    private void write(int writer, Random random, LiveCollection<Customer> live) {
        for (int i = 0; i < 150; i++) {
            String id = "w%d-%d".formatted(writer, random.nextInt(6));
            boolean there = service.present().containsKey(id);
            boolean deleted = !there && service.versions().containsKey(id);
            if (there && random.nextInt(10) == 0) {
                service.delete(id);
            } else if (!deleted) {
                service.put(id, "edit " + i);
                if (random.nextInt(15) == 0) {
                    awaitVersion(live, id);
                }
            }
            if (random.nextInt(25) == 0) {
                service.dropStreams();
            }
        }
    }

    /** Keeps writers from being done before the copy has begun. */
    private void awaitVersion(LiveCollection<Customer> live, String id) {
        try {
            live.awaitVersion(id, service.versions().getOrDefault(id, 0L), LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a last change was told after has been told as well. */
    private void awaitServersState(LiveCollection<Customer> live) throws InterruptedException {
        assertThat(live.awaitLive(LONG)).isTrue();
        service.put("last", "change");
        assertThat(live.awaitVersion("last", service.versions().getOrDefault("last", 0L), LONG))
                .isTrue();
        assertThat(live.snapshot()).isEqualTo(service.present());
    }
}

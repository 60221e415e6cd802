package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.client.VersionGate.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionGateTest {

    @Test
    void nextVersionIsApplied() {
        VersionGate<String> gate = VersionGate.unbounded();

        assertThat(gate.offer("a", 1)).isEqualTo(Decision.APPLY);
        assertThat(gate.offer("a", 2)).isEqualTo(Decision.APPLY);
        assertThat(gate.version("a")).isEqualTo(2);
    }

    @Test
    void knownVersionIsDropped() {
        VersionGate<String> gate = VersionGate.unbounded();
        gate.advance("a", 5);

        assertThat(gate.offer("a", 5)).isEqualTo(Decision.DROP);
        assertThat(gate.offer("a", 4)).isEqualTo(Decision.DROP);
    }

    @Test
    void gapAsksToRefetchUntilItWasFilled() {
        VersionGate<String> gate = VersionGate.unbounded();
        gate.advance("a", 5);

        assertThat(gate.offer("a", 7)).isEqualTo(Decision.REFETCH);
        assertThat(gate.offer("a", 7)).isEqualTo(Decision.REFETCH);
        assertThat(gate.advance("a", 8)).isTrue();
        assertThat(gate.offer("a", 7)).isEqualTo(Decision.DROP);
        assertThat(gate.advance("a", 7)).as("what was read is older by now").isFalse();
        assertThat(gate.offer("a", 9)).isEqualTo(Decision.APPLY);
    }

    @Test
    void recordsDoNotConcernEachOther() {
        VersionGate<String> gate = VersionGate.unbounded();
        gate.advance("a", 5);

        assertThat(gate.offer("b", 1)).isEqualTo(Decision.APPLY);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void thereIsNoVersionBelowOne(long version) {
        assertThatThrownBy(() -> VersionGate.unbounded().offer("a", version))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundedGateDoesNotTakeAForgottenRecordForANewOne() {
        VersionGate<String> gate = VersionGate.bounded(2);
        gate.advance("a", 9);
        gate.advance("b", 1);
        assertThat(gate.offer("c", 1)).as("nothing is forgotten yet").isEqualTo(Decision.APPLY);

        assertThat(gate.offer("a", 1)).as("an old version, delivered once more").isEqualTo(Decision.REFETCH);
    }

    @Test
    void boundedGateForgetsWhatItHeardOfLongestAgo() {
        VersionGate<String> gate = VersionGate.bounded(2);
        gate.advance("a", 9);
        gate.advance("b", 1);
        assertThat(gate.offer("a", 8)).isEqualTo(Decision.DROP);
        gate.advance("c", 1);

        assertThat(gate.version("a")).isEqualTo(9);
        assertThat(gate.version("b")).isZero();
    }

    @Test
    void whatCouldNotBeAppliedIsOfferedAgain() {
        VersionGate<String> gate = VersionGate.unbounded();
        Runnable failing = () -> {
            throw new IllegalStateException("disk full");
        };

        assertThatThrownBy(() -> gate.handle("a", 1, failing, () -> 1)).hasMessage("disk full");
        assertThat(gate.handle("a", 1, () -> {}, () -> 1)).isEqualTo(Decision.APPLY);
        assertThat(gate.handle("a", 1, failing, () -> 1)).isEqualTo(Decision.DROP);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** News of a record that carries its contents, which are a text of the version. */
    private record News(String id, long version) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderAndAnyRepetitionEndsAtTheServersState(int seed) {
        Random random = new Random(seed);
        Map<String, Long> server = new HashMap<>();
        List<News> deliveries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String id = "r" + random.nextInt(8);
            long version = server.merge(id, 1L, Long::sum);
            IntStream.rangeClosed(0, random.nextInt(3)).forEach(copy -> deliveries.add(new News(id, version)));
        }
        // anything but the newest may also get lost
        deliveries.removeIf(news -> news.version() < server.getOrDefault(news.id(), 0L) && random.nextInt(5) == 0);
        Collections.shuffle(deliveries, random);
        VersionGate<String> gate = random.nextBoolean() ? VersionGate.unbounded() : VersionGate.bounded(3);

        Map<String, Long> copy = new HashMap<>();
        for (News news : deliveries) {
            if (random.nextBoolean()) {
                gate.handle(
                        news.id(),
                        news.version(),
                        () -> copy.put(news.id(), news.version()),
                        () -> refetch(server, copy, news.id()));
            } else {
                switch (gate.offer(news.id(), news.version())) {
                    case DROP -> {}
                    case APPLY -> copy.put(news.id(), news.version());
                    case REFETCH -> {
                        long read = server.getOrDefault(news.id(), 0L);
                        if (gate.advance(news.id(), read)) {
                            copy.put(news.id(), read);
                        }
                    }
                }
            }
        }

        assertThat(copy).isEqualTo(server);
    }

    private static long refetch(Map<String, Long> server, Map<String, Long> copy, String id) {
        long read = server.getOrDefault(id, 0L);
        copy.put(id, read);
        return read;
    }

    @Test
    void threadsThatShareRecordsNeverGoBack() throws InterruptedException {
        int versions = 2_000;
        VersionGate<String> gate = VersionGate.unbounded();
        Map<String, Long> copy = new ConcurrentHashMap<>();
        CyclicBarrier start = new CyclicBarrier(4);
        List<Thread> threads = new ArrayList<>();
        List<Long> wentBack = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
                for (long version = 1; version <= versions; version++) {
                    long offered = version;
                    gate.handle("a", offered, () -> put(copy, offered, wentBack), () -> {
                        put(copy, offered, wentBack);
                        return offered;
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wentBack).isEmpty();
        assertThat(copy).containsExactly(Map.entry("a", (long) versions));
    }

    private static void put(Map<String, Long> copy, long version, List<Long> wentBack) {
        Long before = copy.put("a", version);
        if (before != null && before >= version) {
            wentBack.add(version);
        }
    }
}

package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Client;
import dev.unlost.benchmarks.load.ClosedLoop;
import dev.unlost.benchmarks.load.Follower;
import dev.unlost.benchmarks.load.Latencies;
import dev.unlost.benchmarks.load.Population;
import dev.unlost.benchmarks.load.Streams;
import dev.unlost.benchmarks.load.Target.Paging;
import dev.unlost.benchmarks.load.Work;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a consumer has read a change, counted from the change's time, which is taken before the change is committed; and
 * what streams cost in which nothing happens.
 */
public final class FeedDelay implements Part {

    public static final String DELAY = "from a change to its consumer";
    public static final String IDLE_STREAM = "heap of an idle stream";
    public static final String SAME_NODE = "at the node that wrote";
    public static final String OTHER_NODE = "at another node";
    public static final String WITHOUT_STREAMS = "without streams";
    public static final String WITH_STREAMS = "with idle streams";

    private static final String DATABASE = Comparison.UNLOST;
    private static final int CHANGES_PER_SECOND = 200;
    private static final int CHANGES_PER_SECOND_OF_A_TRY = 40;
    private static final int WRITERS = 8;
    private static final int STREAMS_OF_A_FACTORY = 100;

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, InterruptedException, SQLException {
        List<Figure> figures = new ArrayList<>();
        Service writing = bench.startUnlost("node-1", DATABASE, Map.of());
        Population population = Population.create(bench.target(writing, Paging.CURSOR), scale.records());
        int rate = scale.quick() ? CHANGES_PER_SECOND_OF_A_TRY : CHANGES_PER_SECOND;
        try (Service other = bench.startUnlost("node-2", DATABASE, Map.of())) {
            delays(bench, writing, other, population, rate, scale.warmUp(), 0);
            for (int round = 1; round <= scale.rounds(); round++) {
                figures.addAll(delays(bench, writing, other, population, rate, scale.each(), round));
            }
        }
        for (int round = 1; round <= scale.rounds(); round++) {
            figures.addAll(idle(bench, writing, population, scale, round));
        }
        return figures;
    }

    private static List<Figure> delays(
            Bench bench, Service writing, Service other, Population population, int rate, Duration duration, int round)
            throws IOException {
        String token = bench.token(Bench.FACTORY);
        int changes = Math.toIntExact(rate * duration.toSeconds());
        try (Follower here = new Follower(writing.port(), token, changes);
                Follower there = new Follower(other.port(), token, changes)) {
            write(population, rate, changes);
            return List.of(
                    delay(SAME_NODE, here.delays(), round, rate), delay(OTHER_NODE, there.delays(), round, rate));
        }
    }

    private static Figure delay(String subject, Latencies delays, int round, int rate) {
        Figure figure = new Figure(
                subject,
                DELAY,
                WRITERS,
                round,
                Map.of(
                        Figure.P50, delays.percentile(0.5),
                        Figure.P99, delays.percentile(0.99),
                        Figure.MAX, delays.percentile(1),
                        Figure.PER_SECOND, (double) rate));
        System.out.printf("round %d: %s: %s%n", round, subject, figure.values());
        return figure;
    }

    /** Each change at its time, as long as there is a writer that is not still waiting for an answer. */
    private static void write(Population population, int rate, int changes) {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        List<Client> writers = new ArrayList<>();
        for (Client writer : Work.UPDATE.clients(population, WRITERS)) {
            writers.add(connection -> {
                for (int number = next.getAndIncrement(); number < changes; number = next.getAndIncrement()) {
                    LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(number) / rate - System.nanoTime());
                    writer.operate(connection);
                }
            });
        }
        ClosedLoop.runOnce(population.target().port(), writers);
    }

    private static List<Figure> idle(Bench bench, Service service, Population population, Scale scale, int round)
            throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        String token = "";
        for (int i = 0; i < scale.idleStreams(); i++) {
            if (i % STREAMS_OF_A_FACTORY == 0) {
                token = bench.token("idle-" + i);
            }
            tokens.add(token);
        }
        Figure without = updates(service, population, WITHOUT_STREAMS, scale.each(), round);
        long heap = service.heapBytes();
        try (Streams streams = bench.follow(service, tokens)) {
            double each = (service.heapBytes() - heap) / (double) tokens.size();
            Figure with = updates(service, population, WITH_STREAMS, scale.each(), round);
            streams.requireOpen();
            return List.of(
                    without,
                    with,
                    new Figure(Comparison.UNLOST, IDLE_STREAM, 0, round, Map.of(Figure.HEAP_BYTES, each)));
        }
    }

    private static Figure updates(
            Service service, Population population, String subject, Duration duration, int round) {
        ClosedLoop.Result result = ClosedLoop.run(service.port(), Work.UPDATE.clients(population, WRITERS), duration);
        return new Figure(subject, Work.UPDATE.title(), WRITERS, round, Map.of(Figure.PER_SECOND, result.perSecond()));
    }
}

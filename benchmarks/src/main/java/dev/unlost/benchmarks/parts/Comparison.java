package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.ClosedLoop;
import dev.unlost.benchmarks.load.Population;
import dev.unlost.benchmarks.load.Streams;
import dev.unlost.benchmarks.load.Target.Paging;
import dev.unlost.benchmarks.load.Work;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The service and the plain one, under the same load in turn. In each round every piece of work is measured at all of them,
 * one right after the other, the first to come last in the next round.
 */
public final class Comparison implements Part {

    public static final String UNLOST = "unlost";
    public static final String PLAIN = "plain";
    public static final String MEMORY = "memory under load";

    private static final Set<Work> OF_BOTH = EnumSet.complementOf(EnumSet.of(Work.HISTORY));

    private final List<Piece> pieces;

    private Comparison(List<Piece> pieces) {
        this.pieces = pieces;
    }

    private record Piece(Work work, int clients) {}

    private record Contender(Service service, Population population) {}

    public static Comparison ofWrites() {
        return new Comparison(List.of(
                new Piece(Work.CREATE, 8),
                new Piece(Work.UPDATE, 1),
                new Piece(Work.UPDATE, 8),
                new Piece(Work.UPDATE, 16),
                new Piece(Work.UPDATE, 64),
                new Piece(Work.STALE, 8),
                new Piece(Work.HOT, 8)));
    }

    public static Comparison ofReads() {
        return new Comparison(List.of(
                new Piece(Work.READ, 8),
                new Piece(Work.UNCHANGED, 8),
                new Piece(Work.LIST, 8),
                new Piece(Work.MIXED, 16)));
    }

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws Exception {
        Service unlost = bench.startUnlost(UNLOST, UNLOST, Map.of());
        Service plain = bench.startPlain(PLAIN);
        List<Contender> contenders = new ArrayList<>(List.of(
                new Contender(unlost, Population.create(bench.target(unlost, Paging.CURSOR), scale.records())),
                new Contender(plain, Population.create(bench.target(plain, Paging.NUMBER), scale.records()))));
        boolean withFloor = pieces.stream().anyMatch(piece -> piece.work() == Work.UPDATE);
        Optional<Floor> floor = withFloor ? Floor.in(bench.postgres(), UNLOST, bench.work()) : Optional.empty();
        if (withFloor && floor.isEmpty()) {
            System.out.println("pgbench is not here: there is no floor to compare with");
        }
        Streams streams = bench.follow(unlost, scale.readers());
        for (Contender contender : contenders) {
            warmUp(contender, scale.warmUp());
        }

        List<Figure> figures = new ArrayList<>();
        for (int round = 1; round <= scale.rounds(); round++) {
            for (Piece piece : pieces) {
                for (Contender contender : contenders) {
                    figures.add(measure(bench, contender, piece, round, scale.each()));
                }
                if (piece.work() == Work.UPDATE && floor.isPresent()) {
                    figures.add(floor.get().measure(piece.clients(), round, scale.each()));
                }
            }
            for (Contender contender : contenders) {
                Service service = contender.service();
                figures.add(new Figure(
                        service.name(),
                        MEMORY,
                        0,
                        round,
                        Map.of(
                                Figure.RESIDENT, service.residentMebibytes(),
                                Figure.MOST_RESIDENT, service.mostResidentMebibytes())));
            }
            streams.requireOpen();
            Collections.reverse(contenders);
        }
        return figures;
    }

    /** All kinds of work, a third of the time by one client and the rest by many. */
    private static void warmUp(Contender contender, Duration duration) {
        for (int clients : List.of(1, 16)) {
            Duration each = duration.multipliedBy(clients == 1 ? 1 : 2).dividedBy(3L * OF_BOTH.size());
            for (Work work : OF_BOTH) {
                ClosedLoop.run(contender.service().port(), work.clients(contender.population(), clients), each);
            }
        }
    }

    private static Figure measure(Bench bench, Contender contender, Piece piece, int round, Duration duration) {
        Service service = contender.service();
        long serviceCpu = service.cpuMillis();
        long databaseCpu = bench.postgres().cpuMillis();
        ClosedLoop.Result result =
                ClosedLoop.run(service.port(), piece.work().clients(contender.population(), piece.clients()), duration);
        double operations = result.latencies().count();
        Figure figure = new Figure(
                service.name(),
                piece.work().title(),
                piece.clients(),
                round,
                Map.of(
                        Figure.PER_SECOND, result.perSecond(),
                        Figure.P50, result.latencies().percentile(0.5),
                        Figure.P99, result.latencies().percentile(0.99),
                        Figure.SERVICE_CPU, (service.cpuMillis() - serviceCpu) / operations,
                        Figure.DATABASE_CPU, (bench.postgres().cpuMillis() - databaseCpu) / operations));
        System.out.printf(
                "round %d: %s, %d clients, %s: %.0f/s%n",
                round, piece.work().title(), piece.clients(), service.name(), result.perSecond());
        return figure;
    }
}

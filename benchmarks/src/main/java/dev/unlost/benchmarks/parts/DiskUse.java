package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Client;
import dev.unlost.benchmarks.load.ClosedLoop;
import dev.unlost.benchmarks.load.Population;
import dev.unlost.benchmarks.load.Target;
import dev.unlost.benchmarks.load.Target.Paging;
import dev.unlost.benchmarks.load.Work;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Postgres;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** By how much the tables and indexes grow with each update, of records that are updated a hundred times. */
public final class DiskUse implements Part {

    public static final String WORK = "bytes on disk for each update";

    /** The heap, or an index, of a table: followed by its name. */
    public static final String RELATION = "of these, ";

    private static final int UPDATES_OF_A_RECORD = 100;
    private static final int CLIENTS = 8;

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, SQLException {
        List<Figure> figures = new ArrayList<>();
        try (Service unlost = bench.startUnlost(Comparison.UNLOST, Comparison.UNLOST, Map.of())) {
            figures.addAll(measure(
                    bench.postgres(), unlost, bench.target(unlost, Paging.CURSOR), "unlost", scale.updatesOnDisk()));
        }
        try (Service plain = bench.startPlain(Comparison.PLAIN)) {
            figures.addAll(measure(
                    bench.postgres(), plain, bench.target(plain, Paging.NUMBER), "public", scale.updatesOnDisk()));
        }
        return figures;
    }

    private static List<Figure> measure(Postgres postgres, Service service, Target target, String schema, int updates)
            throws IOException, SQLException {
        Population population = Population.create(target, updates / UPDATES_OF_A_RECORD);
        List<Client> clients = new ArrayList<>();
        for (Client client : Work.UPDATE.clients(population, CLIENTS)) {
            clients.add(connection -> {
                for (int i = 0; i < updates / CLIENTS; i++) {
                    client.operate(connection);
                }
            });
        }
        String database = service.name();
        Map<String, Long> before = postgres.bytes(database, schema);
        ClosedLoop.runOnce(target.port(), clients);
        Map<String, Long> after = postgres.bytes(database, schema);

        int done = updates / CLIENTS * CLIENTS;
        List<Figure> figures = new ArrayList<>();
        double total = 0;
        for (Map.Entry<String, Long> relation : after.entrySet()) {
            double each = (relation.getValue() - before.getOrDefault(relation.getKey(), 0L)) / (double) done;
            total += each;
            if (each > 0) {
                figures.add(new Figure(
                        service.name(), RELATION + relation.getKey(), 0, 1, Map.of(Figure.BYTES_PER_UPDATE, each)));
            }
        }
        figures.addFirst(new Figure(
                service.name(),
                WORK,
                0,
                1,
                Map.of(Figure.BYTES_PER_UPDATE, total, Figure.RECORD_BYTES, population.averageBytes())));
        return figures;
    }
}

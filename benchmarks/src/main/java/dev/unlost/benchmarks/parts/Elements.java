package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Answer;
import dev.unlost.benchmarks.load.Client;
import dev.unlost.benchmarks.load.ClosedLoop;
import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Request;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * What the number of a catalog's elements costs: the same pages of catalogs of different sizes, each with a service of its
 * own, in turn, by one client.
 */
public final class Elements implements Part {

    private static final int PAGE = 50;
    private static final long SEED = 1;

    /** A page that holds the same number of elements whatever the size of the catalog. */
    private enum Question {
        SORTED("page of 50, sorted by text"),
        EQUAL("page of 50 by equality of a number"),
        PREFIX("page of 50 by the beginning of a text"),
        MIDDLE("page of 50 from the middle, sorted by text");

        private final String title;

        Question(String title) {
            this.title = title;
        }

        /** @return what is asked for by a random number from 0 to the number of elements */
        IntFunction<String> paths(Filled filled) {
            GeneratedCatalog catalog = filled.catalog();
            return switch (this) {
                case SORTED -> n -> catalog.page(PAGE, "sort=data.title");
                case EQUAL -> n -> catalog.page(PAGE, "data.price=" + n / GeneratedCatalog.OF_A_NUMBER);
                case PREFIX ->
                    n -> catalog.page(
                            PAGE,
                            "data.title.prefix="
                                    + String.format(Locale.ROOT, "Thing%%20%05d", n / GeneratedCatalog.OF_A_PREFIX));
                case MIDDLE -> n -> catalog.page(PAGE, "sort=data.title&" + filled.middle());
            };
        }
    }

    /** @param middle of the catalog: the {@code after} of a page there */
    private record Filled(String name, Service service, String token, GeneratedCatalog catalog, String middle) {}

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, SQLException {
        List<Filled> catalogs = new ArrayList<>();
        for (int elements : scale.catalogs()) {
            catalogs.add(fill(bench, elements));
        }
        for (Question question : Question.values()) {
            for (Filled catalog : catalogs) {
                measure(catalog, question, 0, scale.warmUp().dividedBy(Question.values().length));
            }
        }
        List<Figure> figures = new ArrayList<>();
        List<Filled> order = new ArrayList<>(catalogs);
        for (int round = 1; round <= scale.rounds(); round++) {
            for (Question question : Question.values()) {
                for (Filled catalog : order) {
                    figures.add(measure(catalog, question, round, scale.each()));
                }
            }
            Collections.reverse(order);
        }
        return figures;
    }

    private static Filled fill(Bench bench, int elements) throws IOException, SQLException {
        String database = "catalog_" + elements;
        Service service = bench.startUnlost(database, database, Map.of());
        GeneratedCatalog catalog = GeneratedCatalog.fill(bench, service, database, elements);
        String token = bench.token(Bench.FACTORY);
        try (HttpConnection connection = new HttpConnection(service.port())) {
            String middle = catalog.middle(connection, token, "data.title");
            Filled filled =
                    new Filled(String.format(Locale.ROOT, "%,d elements", elements), service, token, catalog, middle);
            for (Question question : Question.values()) {
                String path = question.paths(filled).apply(elements / 3);
                requireFull(path, connection.send(Request.get(path, token)).expect(200));
            }
            return filled;
        }
    }

    private static void requireFull(String path, Answer page) {
        int found = page.text().split("\"catalogId\"", -1).length - 1;
        if (found != PAGE) {
            throw new IllegalStateException(path + " gave " + found + " elements");
        }
    }

    private static Figure measure(Filled catalog, Question question, int round, Duration duration) {
        SplittableRandom random = new SplittableRandom(SEED + round);
        IntFunction<String> paths = question.paths(catalog);
        int elements = catalog.catalog().elements();
        Client client = connection -> connection
                .send(Request.get(paths.apply(random.nextInt(elements)), catalog.token()))
                .expect(200);
        ClosedLoop.Result result = ClosedLoop.run(catalog.service().port(), List.of(client), duration);
        double p50 = result.latencies().percentile(0.5);
        System.out.printf("round %d: %s, %s: p50 %.2f ms%n", round, question.title, catalog.name(), p50);
        return new Figure(
                catalog.name(),
                question.title,
                1,
                round,
                Map.of(Figure.P50, p50, Figure.P99, result.latencies().percentile(0.99)));
    }
}

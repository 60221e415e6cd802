package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Answer;
import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Request;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Postgres;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The read model made again from the log: by the service, and by hand, each time from nothing. */
public final class Rebuild implements Part {

    public static final String WORK = "rebuild of the read model";
    public static final String BY_HAND = "by hand";

    private static final String DATABASE = Comparison.UNLOST;
    private static final String PROJECTION = "customer";
    private static final String ENDPOINT = "/actuator/projections/";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, SQLException {
        Service service = bench.startUnlost(Comparison.UNLOST, DATABASE, Map.of());
        String token = bench.token(Bench.FACTORY, "projections:manage");
        Postgres postgres = bench.postgres();
        int events = scale.rebuiltEvents();
        GeneratedLog.fill(postgres, DATABASE, events);
        requireSound(service, token, PROJECTION);

        List<Figure> figures = new ArrayList<>();
        for (int round = 0; round <= scale.rounds(); round++) {
            forget(postgres);
            long start = System.nanoTime();
            run(service, token, PROJECTION, "rebuild");
            long middle = System.nanoTime();
            requireWhole(postgres, events);
            forget(postgres);
            long second = System.nanoTime();
            RebuildByHand.run(postgres, DATABASE);
            long end = System.nanoTime();
            requireWhole(postgres, events);
            if (round > 0) { // the first one warms both up
                figures.add(figure(Comparison.UNLOST, round, events, middle - start));
                figures.add(figure(BY_HAND, round, events, end - second));
            }
        }
        requireSound(service, token, PROJECTION);
        return figures;
    }

    private static Figure figure(String subject, int round, int events, long nanos) {
        double seconds = nanos / 1e9;
        System.out.printf("round %d: rebuild, %s: %.0f events/s%n", round, subject, events / seconds);
        return new Figure(
                subject, WORK, 0, round, Map.of(Figure.PER_SECOND, events / seconds, Figure.SECONDS, seconds));
    }

    private static void forget(Postgres postgres) throws SQLException {
        postgres.execute(DATABASE, "truncate unlost.customer, unlost.customer_tag");
        postgres.execute(DATABASE, "checkpoint");
    }

    private static void requireWhole(Postgres postgres, int events) throws SQLException {
        long rows = postgres.queryNumber(DATABASE, "select count(*) from unlost.customer");
        if (rows != events / GeneratedLog.VERSIONS) {
            throw new IllegalStateException(rows + " customers of " + events + " events");
        }
    }

    /** @throws IllegalStateException if the service finds that its read model is not what its log says */
    static void requireSound(Service service, String token, String projection) throws IOException {
        Answer status = run(service, token, projection, "verify");
        for (String kind : List.of("missing", "extra", "behind", "ahead", "different")) {
            if (!status.text().contains("\"" + kind + "\":0")) {
                throw new IllegalStateException("the read model differs from the log: " + status);
            }
        }
    }

    /** @return the status of the projection once it is done */
    static Answer run(Service service, String token, String projection, String operation) throws IOException {
        String path = ENDPOINT + projection;
        try (HttpConnection connection = new HttpConnection(service.managementPort())) {
            connection
                    .send(Request.post(path, token, "{\"operation\":\"" + operation + "\"}"))
                    .expect(202);
            while (true) {
                Answer status = connection.send(Request.get(path, token)).expect(200);
                String state = status.member("state").orElseThrow();
                if (state.equals("DONE")) {
                    return status;
                }
                if (!state.equals("RUNNING")) {
                    throw new IllegalStateException(operation + " ended as " + status);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }
}

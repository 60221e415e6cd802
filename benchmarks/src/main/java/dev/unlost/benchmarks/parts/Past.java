package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Answer;
import dev.unlost.benchmarks.load.Customers;
import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Latencies;
import dev.unlost.benchmarks.load.Request;
import dev.unlost.benchmarks.load.Target;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a record's age costs: the same requests to records with few versions and with many, in turn, by one client. */
public final class Past implements Part {

    /** Ends the names of what was asked of a service that does not cache records. */
    public static final String WITHOUT_CACHE = ", no cache";

    /** How far into its past a record is asked: versions, also past the nearest snapshot. */
    private static final int BACK = 9;

    private static final int ANSWERS_A_ROUND = 60;
    private static final int ANSWERS_OF_A_TRY = 10;

    private enum Question {
        UPDATE("conditional update"),
        CONFLICT("conflict, base 9 behind"),
        HISTORY("history, newest 10"),
        VERSION("a version, 9 after a snapshot"),
        TIME("the same by its time"),
        DIFFERENCE("difference of two versions"),
        BLAME("blame");

        private final String title;

        Question(String title) {
            this.title = title;
        }
    }

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, SQLException {
        List<Figure> figures = new ArrayList<>();
        int answers = scale.quick() ? ANSWERS_OF_A_TRY : ANSWERS_A_ROUND;
        try (Service service = bench.startUnlost("cached", "past_cached", Map.of())) {
            figures.addAll(measure(new Asker(service.port(), bench.token(Bench.FACTORY)), scale, answers, ""));
        }
        try (Service service =
                bench.startUnlost("uncached", "past_uncached", Map.of("unlost.write.cache-size", "0B"))) {
            figures.addAll(
                    measure(new Asker(service.port(), bench.token(Bench.FACTORY)), scale, answers, WITHOUT_CACHE));
        }
        return figures;
    }

    private static List<Figure> measure(Asker asker, Scale scale, int answers, String suffix) throws IOException {
        List<Figure> figures = new ArrayList<>();
        try (asker) {
            int youngest = scale.ages().getFirst();
            List<Aged> records = new ArrayList<>();
            for (int age : scale.ages()) {
                records.add(new Aged(asker, age));
            }
            for (int round = 0; round <= scale.rounds(); round++) {
                for (Question question : Question.values()) {
                    Latencies[] latencies = new Latencies[records.size()];
                    Arrays.setAll(latencies, i -> new Latencies());
                    for (int n = 0; n < answers; n++) {
                        for (int i = 0; i < records.size(); i++) {
                            Aged record = records.get(i);
                            if (question == Question.UPDATE && record.age == youngest) {
                                // an update makes a record older, which counts in one as young as this
                                record = new Aged(asker, youngest);
                            }
                            long start = System.nanoTime();
                            record.ask(question);
                            latencies[i].add(System.nanoTime() - start);
                        }
                    }
                    for (int i = 0; i < records.size() && round > 0; i++) { // the first round warms up
                        figures.add(new Figure(
                                String.format(Locale.ROOT, "%,d versions", records.get(i).age),
                                question.title + suffix,
                                1,
                                round,
                                Map.of(Figure.P50, latencies[i].percentile(0.5))));
                    }
                }
                System.out.printf("round %d of the past%s%n", round, suffix);
            }
        }
        return figures;
    }

    /** One client. */
    private static final class Asker implements AutoCloseable {

        private final String token;
        private final HttpConnection connection;

        Asker(int port, String token) throws IOException {
            this.token = token;
            this.connection = new HttpConnection(port);
        }

        Answer get(String path) throws IOException {
            return connection.send(Request.get(path, token)).expect(200);
        }

        Answer patch(String path, long version, long phone, int expected) throws IOException {
            return connection
                    .send(Request.patch(path, token, version, Customers.phoneChange(phone)))
                    .expect(expected);
        }

        String created() throws IOException {
            return connection
                    .send(Request.post(Target.PATH, token, Customers.json(1)))
                    .expect(201)
                    .header("Location")
                    .orElseThrow();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /** A record that had so many versions before it was asked anything. */
    private static final class Aged {

        private final Asker asker;
        private final int age;
        private final String path;
        private final int asked;
        private final String time;
        private long version = 1;

        Aged(Asker asker, int age) throws IOException {
            this.asker = asker;
            this.age = age;
            this.path = asker.created();
            while (version < age) {
                update();
            }
            // half of the versions are a number of snapshots
            this.asked = age < 100 ? BACK : age / 2 + BACK;
            this.time =
                    asker.get(path + "?version=" + asked).member("updatedAt").orElseThrow();
        }

        private void update() throws IOException {
            // "version" is also what makes the number another one each time
            asker.patch(path, version, 2 + version, 200);
            version++;
        }

        void ask(Question question) throws IOException {
            switch (question) {
                case UPDATE -> update();
                case CONFLICT -> asker.patch(path, version - BACK, 0, 409);
                case HISTORY -> asker.get(path + "/history?limit=10");
                case VERSION -> asker.get(path + "?version=" + asked);
                case TIME -> asker.get(path + "?at=" + time);
                case DIFFERENCE -> asker.get(path + "/diff?from=" + (asked < 100 ? asked - 1 : BACK) + "&to=" + asked);
                case BLAME -> asker.get(path + "/blame");
            }
        }
    }
}

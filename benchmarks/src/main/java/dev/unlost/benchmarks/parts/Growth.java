package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.ClosedLoop;
import dev.unlost.benchmarks.load.Population;
import dev.unlost.benchmarks.load.Target;
import dev.unlost.benchmarks.load.Target.Paging;
import dev.unlost.benchmarks.load.Work;
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
import java.util.Random;

/**
 * What the length of the log costs: the same work at logs of different lengths, each with a service of its own, in turn.
 */
public final class Growth implements Part {

    /** Of records that are changed again and again. */
    public static final String UPDATE_OF_FEW = "conditional update, of a hundred records";

    private static final int FEW = 100;
    private static final int CLIENTS = 8;
    private static final long SEED = 1;

    /** The log's records: a few of them, and all the others in no order. */
    private record Log(String name, Service service, Population few, Population others) {}

    /** @param ofFew whether the same few records are asked for, or any of the others */
    private record Question(String title, Work work, boolean ofFew) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(UPDATE_OF_FEW, Work.UPDATE, true),
            new Question(Work.UPDATE.title() + ", of any record", Work.UPDATE, false),
            new Question(Work.READ.title(), Work.READ, false),
            new Question(Work.HISTORY.title(), Work.HISTORY, false),
            new Question(Work.LIST.title(), Work.LIST, false));

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, SQLException {
        List<Log> logs = new ArrayList<>();
        for (int events : scale.logs()) {
            logs.add(log(bench, events));
        }
        for (Question question : QUESTIONS) {
            for (Log log : logs) {
                measure(log, question, 0, scale.warmUp().dividedBy(QUESTIONS.size()));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (int round = 1; round <= scale.rounds(); round++) {
            for (Question question : QUESTIONS) {
                for (Log log : logs) {
                    figures.add(measure(log, question, round, scale.each()));
                }
            }
            Collections.reverse(logs);
        }
        return figures;
    }

    private static Log log(Bench bench, int events) throws IOException, SQLException {
        String name = String.format(Locale.ROOT, "%,d events", events);
        String database = "log_" + events;
        // once to make the tables, and once more as one that finds them
        bench.startUnlost(database, database, Map.of()).close();
        GeneratedLog.fill(bench.postgres(), database, events);
        Service service = bench.startUnlost(database, database, Map.of());
        if (events <= 100_000) {
            Rebuild.requireSound(service, bench.token(Bench.FACTORY, "projections:manage"), "customer");
        }
        Target target = bench.target(service, Paging.CURSOR);
        List<String> paths = new ArrayList<>(GeneratedLog.paths(events));
        Collections.shuffle(paths, new Random(SEED));
        return new Log(
                name,
                service,
                Population.of(target, paths.subList(0, FEW), GeneratedLog.VERSIONS),
                Population.of(target, paths.subList(FEW, paths.size()), GeneratedLog.VERSIONS));
    }

    private static Figure measure(Log log, Question question, int round, Duration duration) {
        Population population = question.ofFew() ? log.few() : log.others();
        ClosedLoop.Result result =
                ClosedLoop.run(log.service().port(), question.work().clients(population, CLIENTS), duration);
        System.out.printf("round %d: %s, %s: %.0f/s%n", round, question.title(), log.name(), result.perSecond());
        return new Figure(
                log.name(),
                question.title(),
                CLIENTS,
                round,
                Map.of(
                        Figure.PER_SECOND, result.perSecond(),
                        Figure.P50, result.latencies().percentile(0.5),
                        Figure.P99, result.latencies().percentile(0.99)));
    }
}

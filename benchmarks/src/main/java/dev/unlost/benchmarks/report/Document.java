package dev.unlost.benchmarks.report;

import static dev.unlost.benchmarks.report.Figure.P50;
import static dev.unlost.benchmarks.report.Figure.P99;
import static dev.unlost.benchmarks.report.Figure.PER_SECOND;

import dev.unlost.benchmarks.load.Work;
import dev.unlost.benchmarks.parts.Comparison;
import dev.unlost.benchmarks.report.Figures.Cell;
import dev.unlost.benchmarks.report.Goal.Sense;
import dev.unlost.benchmarks.report.Results.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** docs/benchmarks.md, made of the newest results of each part and of what was written by hand. */
public final class Document {

    private static final String UNLOST = Comparison.UNLOST;
    private static final String PLAIN = Comparison.PLAIN;
    private static final String FLOOR = "pgbench";

    private final Map<String, Result> results = new LinkedHashMap<>();
    private final Path notes;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> charts = new LinkedHashMap<>();

    /** @param notes what was written by hand and ends the document; may be missing */
    public Document(Results results, List<String> parts, Path notes) throws IOException {
        for (String part : parts) {
            Optional<Result> result = results.read(part);
            if (result.isPresent()) {
                this.results.put(part, result.get());
            }
        }
        this.notes = notes;
    }

    /** @param directory for benchmarks.md and the directory of its plots */
    public void write(Path directory) throws IOException {
        text.append(Prose.BEGINNING);
        goals();
        machine();
        text.append(Prose.METHOD);
        for (Map.Entry<String, Result> part : results.entrySet()) {
            part(part.getKey(), part.getValue());
        }
        if (Files.exists(notes)) {
            text.append("\n").append(Files.readString(notes));
        }
        Path plots = Files.createDirectories(directory.resolve("benchmarks"));
        for (Map.Entry<String, String> chart : charts.entrySet()) {
            Files.writeString(plots.resolve(chart.getKey()), chart.getValue());
        }
        Files.writeString(directory.resolve("benchmarks.md"), text);
    }

    private Figures figures(String part) {
        Result result = results.get(part);
        return new Figures(result == null ? List.of() : result.figures());
    }

    private void goals() {
        Figures updates = figures("updates");
        Figures reads = figures("reads");
        String update = Work.UPDATE.title();
        List<Goal> goals = new ArrayList<>();
        for (int clients : List.of(8, 16)) {
            goals.add(new Goal(
                    "conditional updates per second ÷ the plain service, " + clients + " clients",
                    Sense.AT_LEAST,
                    1.3,
                    2,
                    "",
                    updates.ratio(
                            new Cell(UNLOST, update, clients),
                            PER_SECOND,
                            new Cell(PLAIN, update, clients),
                            PER_SECOND)));
        }
        for (int clients : List.of(8, 16)) {
            goals.add(new Goal(
                    "conditional updates per second ÷ pgbench, " + clients + " clients",
                    Sense.AT_LEAST,
                    0.2,
                    0.4,
                    "",
                    updates.ratio(
                            new Cell(UNLOST, update, clients),
                            PER_SECOND,
                            new Cell(FLOOR, update, clients),
                            PER_SECOND)));
        }
        Cell sixteen = new Cell(UNLOST, update, 16);
        goals.add(new Goal(
                "p99 ÷ p50 of updates, 16 clients",
                Sense.AT_MOST,
                6,
                3,
                "",
                updates.ratio(sixteen, P99, sixteen, P50)));
        goals.add(new Goal(
                "time of a stale update ÷ of a successful one, p50, 8 clients",
                Sense.AT_MOST,
                1,
                0.5,
                "",
                updates.ratio(new Cell(UNLOST, Work.STALE.title(), 8), P50, new Cell(UNLOST, update, 8), P50)));
        goals.add(new Goal(
                "reads by id per second ÷ the plain service, 8 clients",
                Sense.AT_LEAST,
                1,
                1.5,
                "",
                reads.ratio(
                        new Cell(UNLOST, Work.READ.title(), 8),
                        PER_SECOND,
                        new Cell(PLAIN, Work.READ.title(), 8),
                        PER_SECOND)));
        goals.add(new Goal(
                "resident memory under load, MiB",
                Sense.AT_MOST,
                512,
                350,
                "",
                updates.spread(new Cell(UNLOST, Comparison.MEMORY, 0), Figure.MOST_RESIDENT)));

        text.append("\n## Goals\n\n");
        Table table = new Table("what", "must", "aim", "measured", "");
        for (Goal goal : goals) {
            table.add(goal.what(), goal.must(), goal.aim(), Numbers.format(goal.measured()), goal.verdict());
        }
        text.append(table);
    }

    private void machine() {
        text.append("\n## Machine\n\n");
        Table table = new Table("part", "run on", "commit", "Java", "PostgreSQL", "processors", "rounds");
        results.forEach((part, result) -> {
            About about = result.about();
            table.add(
                    part,
                    about.date(),
                    about.commit(),
                    about.java(),
                    about.postgresql(),
                    about.processors() + " × " + about.processor(),
                    "%s × %s s after %s s of warming up%s"
                            .formatted(
                                    about.rounds(),
                                    about.seconds(),
                                    about.warmUpSeconds(),
                                    about.quick() ? "; **a try, which means little**" : ""));
        });
        text.append(table);
    }

    private void part(String part, Result result) {
        Figures figures = new Figures(result.figures());
        switch (part) {
            case "updates", "reads" -> comparison(part, figures);
            default -> throw new IllegalArgumentException(part);
        }
    }

    private void comparison(String part, Figures figures) {
        for (String work : figures.works()) {
            if (!work.equals(Comparison.MEMORY)) {
                comparison(figures, work);
            }
        }
        text.append("\n## Memory under load: ").append(part).append("\n\n");
        Table table = new Table("", "resident, MiB", "at its most, MiB");
        BarChart chart = new BarChart("Resident memory under load, MiB", List.of("after a round", "at its most"));
        for (String subject : figures.subjects(Comparison.MEMORY)) {
            Cell cell = new Cell(subject, Comparison.MEMORY, 0);
            table.add(
                    subject,
                    Numbers.format(figures.spread(cell, Figure.RESIDENT)),
                    Numbers.format(figures.spread(cell, Figure.MOST_RESIDENT)));
            chart.add(
                    subject,
                    List.of(figures.spread(cell, Figure.RESIDENT), figures.spread(cell, Figure.MOST_RESIDENT)));
        }
        text.append(table);
        plot("memory-" + part, chart);
    }

    private void comparison(Figures figures, String work) {
        text.append("\n## ").append(capital(work)).append("\n\n");
        Table table = new Table(
                "clients",
                "",
                "per second",
                "p50, ms",
                "p99, ms",
                "service, CPU ms",
                "database, CPU ms",
                "unlost ÷ this");
        List<String> subjects = figures.subjects(work);
        BarChart chart = new BarChart(capital(work) + ": operations per second", subjects);
        for (int clients : figures.clients(work)) {
            Cell unlost = new Cell(UNLOST, work, clients);
            List<Optional<Spread>> bars = new ArrayList<>();
            for (String subject : subjects) {
                Cell cell = new Cell(subject, work, clients);
                table.add(
                        Integer.toString(clients),
                        subject,
                        Numbers.format(figures.spread(cell, PER_SECOND)),
                        Numbers.format(figures.spread(cell, P50)),
                        Numbers.format(figures.spread(cell, P99)),
                        Numbers.median(figures.spread(cell, Figure.SERVICE_CPU)),
                        Numbers.median(figures.spread(cell, Figure.DATABASE_CPU)),
                        subject.equals(UNLOST)
                                ? ""
                                : Numbers.format(figures.ratio(unlost, PER_SECOND, cell, PER_SECOND)));
                bars.add(figures.spread(cell, PER_SECOND));
            }
            chart.add(clients == 1 ? "1 client" : clients + " clients", bars);
        }
        text.append(table);
        plot(fileName(work), chart);
    }

    private void plot(String name, BarChart chart) {
        charts.put(name + ".svg", chart.svg());
        text.append("\n![%s](benchmarks/%s.svg)\n".formatted(name, name));
    }

    private static String fileName(String work) {
        return work.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "").replaceAll("^-", "");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

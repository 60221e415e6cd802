package dev.unlost.benchmarks.report;

import static dev.unlost.benchmarks.report.Figure.P50;
import static dev.unlost.benchmarks.report.Figure.P99;
import static dev.unlost.benchmarks.report.Figure.PER_SECOND;

import dev.unlost.benchmarks.load.Work;
import dev.unlost.benchmarks.parts.Comparison;
import dev.unlost.benchmarks.parts.DiskUse;
import dev.unlost.benchmarks.parts.FeedDelay;
import dev.unlost.benchmarks.parts.Growth;
import dev.unlost.benchmarks.parts.Rebuild;
import dev.unlost.benchmarks.parts.StartUp;
import dev.unlost.benchmarks.report.Figures.Cell;
import dev.unlost.benchmarks.report.Goal.Sense;
import dev.unlost.benchmarks.report.Results.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        if (isStealKnown()) {
            text.append(Prose.STOLEN);
        }
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

        Figures growth = figures("growth");
        List<String> logs = growth.subjects(Growth.UPDATE_OF_FEW);
        if (!logs.isEmpty()) {
            int clients = growth.clients(Growth.UPDATE_OF_FEW).getFirst();
            goals.add(new Goal(
                    "p50 of updates at " + logs.getLast() + " ÷ at " + logs.getFirst(),
                    Sense.AT_MOST,
                    1.3,
                    1.1,
                    "",
                    growth.ratio(
                            new Cell(logs.getLast(), Growth.UPDATE_OF_FEW, clients),
                            P50,
                            new Cell(logs.getFirst(), Growth.UPDATE_OF_FEW, clients),
                            P50)));
        }
        Figures elements = figures("elements");
        for (String page : elements.works()) {
            List<String> catalogs = elements.subjects(page);
            goals.add(new Goal(
                    page + ": p50 at " + catalogs.getLast() + " ÷ at " + catalogs.getFirst(),
                    Sense.AT_MOST,
                    2,
                    1.5,
                    "",
                    elements.ratio(
                            new Cell(catalogs.getLast(), page, 1), P50, new Cell(catalogs.getFirst(), page, 1), P50)));
        }
        goals.add(new Goal(
                "rebuild of the read model, events per second ÷ by hand",
                Sense.AT_LEAST,
                0.25,
                0.5,
                "",
                figures("rebuild")
                        .ratio(
                                new Cell(UNLOST, Rebuild.WORK, 0),
                                PER_SECOND,
                                new Cell(Rebuild.BY_HAND, Rebuild.WORK, 0),
                                PER_SECOND)));
        Cell disk = new Cell(UNLOST, DiskUse.WORK, 0);
        goals.add(new Goal(
                "bytes on disk for each update ÷ the record's JSON",
                Sense.AT_MOST,
                4,
                2,
                "",
                figures("disk").ratio(disk, Figure.BYTES_PER_UPDATE, disk, Figure.RECORD_BYTES)));
        goals.add(new Goal(
                "start to the first answer, with a database that was there before and a cache of classes",
                Sense.AT_MOST,
                8,
                4,
                " s",
                figures("start").spread(new Cell(StartUp.CACHED, StartUp.WORK, 0), Figure.SECONDS)));

        text.append("\n## Goals\n\n");
        Table table = new Table("what", "must", "aim", "measured", "");
        for (Goal goal : goals) {
            table.add(goal.what(), goal.must(), goal.aim(), Numbers.format(goal.measured()), goal.verdict());
        }
        text.append(table);
    }

    private void machine() {
        text.append("\n## Machine\n\n");
        List<String> columns =
                new ArrayList<>(List.of("part", "run on", "commit", "Java", "PostgreSQL", "processors", "rounds"));
        if (isStealKnown()) {
            columns.add("taken by the host");
        }
        Table table = new Table(columns.toArray(String[]::new));
        results.forEach((part, result) -> {
            About about = result.about();
            List<String> cells = new ArrayList<>(List.of(
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
                                    about.quick() ? "; **a try, which means little**" : "")));
            if (isStealKnown()) {
                Double stolen = about.stolen();
                cells.add(stolen == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * stolen));
            }
            table.add(cells.toArray(String[]::new));
        });
        text.append(table);
    }

    /** @return whether it was known to any of the parts */
    private boolean isStealKnown() {
        return results.values().stream().anyMatch(result -> result.about().stolen() != null);
    }

    private void part(String part, Result result) {
        Figures figures = new Figures(result.figures());
        switch (part) {
            case "updates", "reads" -> comparison(part, figures);
            case "start" -> startUp(figures);
            case "disk" -> diskUse(figures);
            case "rebuild" -> rebuild(figures);
            case "growth" -> byAge("growth", Prose.GROWTH, "p50 by the length of the log, ms", figures);
            case "past" -> byAge("past", Prose.PAST, "p50 by the versions of a record, ms", figures);
            case "elements" -> byAge("elements", Prose.ELEMENTS, "p50 by the number of elements, ms", figures);
            case "feed" -> feed(figures);
            case "jmh" -> inside(figures);
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

    private void startUp(Figures figures) {
        text.append(Prose.START);
        Table table = new Table("", "", "seconds");
        BarChart chart = new BarChart("From the start of the process to the first answer, seconds", List.of("seconds"));
        for (String work : figures.works()) {
            for (String subject : figures.subjects(work)) {
                Optional<Spread> seconds = figures.spread(new Cell(subject, work, 0), Figure.SECONDS);
                table.add(subject, work, Numbers.format(seconds));
                chart.add(subject + ": " + work, List.of(seconds));
            }
        }
        text.append(table);
        plot("start", chart);
    }

    private void diskUse(Figures figures) {
        text.append(Prose.DISK);
        Table table = new Table("", "", "bytes", "record, bytes", "÷ record");
        BarChart chart = new BarChart("Bytes on disk for each update", List.of("bytes"));
        for (String work : figures.works()) {
            for (String subject : figures.subjects(work)) {
                Cell cell = new Cell(subject, work, 0);
                Optional<Spread> bytes = figures.spread(cell, Figure.BYTES_PER_UPDATE);
                table.add(
                        subject,
                        work,
                        Numbers.format(bytes),
                        Numbers.format(figures.spread(cell, Figure.RECORD_BYTES)),
                        Numbers.format(figures.ratio(cell, Figure.BYTES_PER_UPDATE, cell, Figure.RECORD_BYTES)));
                if (work.equals(DiskUse.WORK)) {
                    chart.add(subject, List.of(bytes));
                }
            }
        }
        text.append(table);
        plot("disk", chart);
    }

    private void rebuild(Figures figures) {
        text.append(Prose.REBUILD);
        Table table = new Table("", "events per second", "seconds");
        BarChart chart = new BarChart("Rebuild of the read model: events per second", List.of("events per second"));
        for (String subject : figures.subjects(Rebuild.WORK)) {
            Cell cell = new Cell(subject, Rebuild.WORK, 0);
            table.add(
                    subject,
                    Numbers.format(figures.spread(cell, PER_SECOND)),
                    Numbers.format(figures.spread(cell, Figure.SECONDS)));
            chart.add(subject, List.of(figures.spread(cell, PER_SECOND)));
        }
        text.append(table);
        plot("rebuild", chart);
    }

    /** The same work at subjects that grow from the first to the last. */
    private void byAge(String name, String prose, String title, Figures figures) {
        text.append(prose);
        List<String> subjects = figures.subjects(figures.works().getFirst());
        List<String> columns = new ArrayList<>(List.of("p50, ms"));
        columns.addAll(subjects);
        columns.add("last ÷ first");
        Table table = new Table(columns.toArray(String[]::new));
        BarChart chart = new BarChart(title, subjects);
        for (String work : figures.works()) {
            int clients = figures.clients(work).getFirst();
            List<String> cells = new ArrayList<>(List.of(work));
            List<Optional<Spread>> bars = new ArrayList<>();
            for (String subject : subjects) {
                Optional<Spread> p50 = figures.spread(new Cell(subject, work, clients), P50);
                cells.add(Numbers.format(p50));
                bars.add(p50);
            }
            cells.add(Numbers.format(figures.ratio(
                    new Cell(subjects.getLast(), work, clients),
                    P50,
                    new Cell(subjects.getFirst(), work, clients),
                    P50)));
            table.add(cells.toArray(String[]::new));
            chart.add(work, bars);
        }
        text.append(table);
        plot(name, chart);
    }

    private void feed(Figures figures) {
        text.append(Prose.FEED);
        Table delays = new Table("", "p50, ms", "p99, ms", "the most, ms");
        BarChart chart = new BarChart("From a change to its consumer, ms", List.of("p50", "p99"));
        for (String subject : figures.subjects(FeedDelay.DELAY)) {
            Cell cell = new Cell(
                    subject, FeedDelay.DELAY, figures.clients(FeedDelay.DELAY).getFirst());
            delays.add(
                    subject,
                    Numbers.format(figures.spread(cell, P50)),
                    Numbers.format(figures.spread(cell, P99)),
                    Numbers.format(figures.spread(cell, Figure.MAX)));
            chart.add(subject, List.of(figures.spread(cell, P50), figures.spread(cell, P99)));
        }
        text.append(delays);
        plot("feed", chart);
        text.append("\n");
        Table streams = new Table("", "");
        streams.add(
                "heap of an idle stream, bytes",
                Numbers.format(figures.spread(new Cell(UNLOST, FeedDelay.IDLE_STREAM, 0), Figure.HEAP_BYTES)));
        for (String subject : figures.subjects(Work.UPDATE.title())) {
            int clients = figures.clients(Work.UPDATE.title()).getFirst();
            streams.add(
                    "updates per second " + subject,
                    Numbers.format(figures.spread(new Cell(subject, Work.UPDATE.title(), clients), PER_SECOND)));
        }
        text.append(streams);
    }

    private void inside(Figures figures) {
        text.append(Prose.INSIDE);
        Table table = new Table("", "nanoseconds", "bytes allocated");
        BarChart chart = new BarChart("Inside the service: nanoseconds", List.of("nanoseconds"));
        for (String work : figures.works()) {
            Cell cell = new Cell("", work, 0);
            Optional<Spread> nanos = figures.spread(cell, Figure.NANOS);
            table.add(work, Numbers.format(nanos), Numbers.median(figures.spread(cell, Figure.ALLOCATED)));
            chart.add(work, List.of(nanos));
        }
        text.append(table);
        plot("inside", chart);
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

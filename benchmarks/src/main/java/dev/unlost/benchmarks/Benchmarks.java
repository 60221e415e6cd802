package dev.unlost.benchmarks;

import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Steal;
import dev.unlost.benchmarks.parts.Comparison;
import dev.unlost.benchmarks.parts.DiskUse;
import dev.unlost.benchmarks.parts.Elements;
import dev.unlost.benchmarks.parts.FeedDelay;
import dev.unlost.benchmarks.parts.Growth;
import dev.unlost.benchmarks.parts.Inside;
import dev.unlost.benchmarks.parts.Part;
import dev.unlost.benchmarks.parts.Past;
import dev.unlost.benchmarks.parts.Rebuild;
import dev.unlost.benchmarks.parts.Scale;
import dev.unlost.benchmarks.parts.StartUp;
import dev.unlost.benchmarks.report.About;
import dev.unlost.benchmarks.report.Document;
import dev.unlost.benchmarks.report.Figure;
import dev.unlost.benchmarks.report.Results;
import dev.unlost.benchmarks.report.Results.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the parts of the suite that are asked for, keeps their results, and writes docs/benchmarks.md from all there are. */
final class Benchmarks {

    private static final String REPORT = "report";

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("updates", Comparison.ofWrites());
        PARTS.put("reads", Comparison.ofReads());
        PARTS.put("start", new StartUp());
        PARTS.put("disk", new DiskUse());
        PARTS.put("rebuild", new Rebuild());
        PARTS.put("growth", new Growth());
        PARTS.put("past", new Past());
        PARTS.put("elements", new Elements());
        PARTS.put("feed", new FeedDelay());
        PARTS.put("jmh", new Inside());
    }

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(List.of(arguments), System.getenv().getOrDefault("UNLOST_JAVA_OPTIONS", ""));
            for (String part : options.parts()) {
                if (!PARTS.containsKey(part) && !part.equals(REPORT)) {
                    throw new IllegalArgumentException(part);
                }
            }
        } catch (IllegalArgumentException e) {
            System.err.println("Not understood: " + e.getMessage() + "\n");
            System.err.printf(Options.USAGE, String.join(", ", PARTS.keySet()));
            System.exit(2);
            return;
        }

        Path root = Path.of("").toAbsolutePath();
        Results results = new Results(root.resolve("benchmarks/results"));
        for (Map.Entry<String, Part> part : PARTS.entrySet()) {
            if (options.parts().isEmpty() || options.parts().contains(part.getKey())) {
                System.out.println("== " + part.getKey());
                try (Bench bench = new Bench(root, options.javaOptions())) {
                    Optional<Steal> before = Steal.now();
                    List<Figure> figures = part.getValue().measure(bench, options.scale());
                    Double stolen = before.isPresent()
                            ? Steal.now().map(now -> now.since(before.get())).orElse(null)
                            : null;
                    results.write(part.getKey(), new Result(about(root, bench, options, stolen), figures));
                }
            }
        }
        new Document(results, List.copyOf(PARTS.keySet()), root.resolve("benchmarks/notes.md"))
                .write(root.resolve("docs"));
    }

    private static About about(Path root, Bench bench, Options options, @Nullable Double stolen)
            throws IOException, SQLException {
        Scale scale = options.scale();
        return new About(
                LocalDate.now(ZoneOffset.UTC).toString(),
                commit(root),
                Runtime.version().toString(),
                bench.postgres().version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                scale.rounds(),
                scale.each().toSeconds(),
                scale.warmUp().toSeconds(),
                scale.readers(),
                scale.records(),
                String.join(" ", options.javaOptions()),
                scale.quick(),
                stolen);
    }

    private static String processor() throws IOException {
        Matcher model =
                Pattern.compile("(?m)^model name\\s*: (.*)$").matcher(Files.readString(Path.of("/proc/cpuinfo")));
        return model.find() ? model.group(1) : System.getProperty("os.arch");
    }

    private static String commit(Path root) throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                .directory(root.toFile())
                .start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}

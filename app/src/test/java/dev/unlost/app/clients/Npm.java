package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unlost.app.support.SharedNodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs npm in a directory, with the address of a running node. */
final class Npm {

    /** What npm, builds and tests leave behind. */
    private static final Set<String> PRODUCTS = Set.of("node_modules", "dist", "test-results");

    private static final long PATIENCE_SECONDS = 1200;

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    private Npm(Path directory) {
        this.directory = directory;
    }

    /**
     * Passes over the test where npm is not to be used: only the build's profile {@code npm} says where suites are, as they
     * need npm and its registry.
     *
     * @param property has the directory of the suite
     * @param directory to copy it to, empty, so that nothing is left behind in the sources
     * @return npm in the copy, with its packages installed
     */
    static Npm inCopyOf(String property, Path directory) throws IOException, InterruptedException {
        String suite = System.getProperty(property, "");
        assumeTrue(!suite.isEmpty(), "not run: it needs npm; ./mvnw -Pnpm verify runs it");
        copy(Path.of(suite), directory);
        Npm npm = new Npm(directory);
        npm.run("ci");
        return npm;
    }

    /** Lets what it runs know something. */
    Npm with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** @return what it said */
    String run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("npm"), Stream.of(arguments)).toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("UNLOST_URL", SharedNodes.first().uri("").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> children = Files.list(from)) {
            files = children.filter(
                            file -> !PRODUCTS.contains(file.getFileName().toString()))
                    .toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(file.getFileName().toString());
            Files.copy(file, copy);
            if (Files.isDirectory(file)) {
                copy(file, copy);
            }
        }
    }
}

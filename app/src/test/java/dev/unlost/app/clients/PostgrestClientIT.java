package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unlost.app.support.SharedNodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library of PostgREST, in two majors, at a running node: the suite is in {@code src/test/npm}. */
class PostgrestClientIT {

    /** Where the suite is; set by the build's profile {@code npm}, as the suite needs npm and its registry. */
    private static final String SUITE = System.getProperty("unlost.test.npm", "");

    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void theLibraryOfPostgrestIsServed() throws IOException, InterruptedException {
        assumeTrue(!SUITE.isEmpty(), "not run: it needs npm; ./mvnw -Pnpm verify runs it");
        for (String file : new String[] {"package.json", "package-lock.json", ".npmrc", "tables.test.js"}) {
            Files.copy(Path.of(SUITE, file), directory.resolve(file));
        }
        run("npm", "ci");
        assertThat(run("npm", "test")).contains("postgrest-js 1", "postgrest-js 2");
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("UNLOST_URL", SharedNodes.first().uri("").toString());
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}

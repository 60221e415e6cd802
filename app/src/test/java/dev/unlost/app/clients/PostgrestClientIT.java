package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library of PostgREST, in two majors, at a running node: the suite is in {@code src/test/npm}. */
class PostgrestClientIT {

    /** Where the suite is; set by the build's profile {@code npm}, as the suite needs npm and its registry. */
    private static final String SUITE = System.getProperty("unlost.test.npm", "");

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void theLibraryOfPostgrestIsServed() throws IOException, InterruptedException {
        assumeTrue(!SUITE.isEmpty(), "not run: it needs npm; ./mvnw -Pnpm verify runs it");
        Npm npm = Npm.inCopy(Path.of(SUITE), directory);
        npm.run("ci");
        assertThat(npm.run("test")).contains("postgrest-js 1", "postgrest-js 2");
    }
}

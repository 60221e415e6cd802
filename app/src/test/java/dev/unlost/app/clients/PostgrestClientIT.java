package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library of PostgREST, in two majors, at a running node: the suite is in {@code src/test/npm}. */
class PostgrestClientIT {

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void theLibraryOfPostgrestIsServed() throws IOException, InterruptedException {
        Npm npm = Npm.inCopyOf("unlost.test.npm", directory);
        assertThat(npm.run("test")).contains("postgrest-js 1", "postgrest-js 2");
    }
}

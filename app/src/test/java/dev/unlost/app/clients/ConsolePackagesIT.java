package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages for TypeScript and React, built and tested, also at a running node: they are in {@code console}. */
class ConsolePackagesIT {

    /** Where the packages are; set by the build's profile {@code npm}, as they need npm and its registry. */
    private static final String CONSOLE = System.getProperty("unlost.test.console", "");

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void thePackagesKeepWhatTheyPromise() throws IOException, InterruptedException {
        assumeTrue(!CONSOLE.isEmpty(), "not run: they need npm; ./mvnw -Pnpm verify runs them");
        Npm npm = Npm.inCopy(Path.of(CONSOLE), directory);
        npm.run("ci");
        assertThat(npm.run("test"))
                .contains("running-service.test.ts", "dialog.test.tsx")
                .doesNotContain("skipped");
    }
}

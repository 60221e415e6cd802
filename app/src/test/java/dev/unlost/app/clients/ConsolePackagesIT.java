package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages for TypeScript and React, built and tested, also at a running node: they are in {@code console}. */
class ConsolePackagesIT {

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void thePackagesKeepWhatTheyPromise() throws IOException, InterruptedException {
        Npm npm = Npm.inCopyOf("unlost.test.console", directory);
        assertThat(npm.run("test"))
                .contains("running-service.test.ts", "dialog.test.tsx")
                .doesNotContain("skipped");
    }
}

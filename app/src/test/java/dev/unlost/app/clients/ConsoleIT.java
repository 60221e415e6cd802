package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, used by two people at once: the suite is in {@code console/e2e}. */
class ConsoleIT {

    private static final String CLIENT_ID = "unlost-console";

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void peopleWorkTogetherInABrowser() throws IOException, InterruptedException {
        assumeTrue(isThereABrowser(), "not run: it needs Chromium, on the PATH or where CHROMIUM says");
        Npm npm = Npm.inCopyOf("unlost.test.console", directory);
        try (TestIssuer issuer = TestIssuer.start(CLIENT_ID);
                TestNode production = TestNode.inProcess(
                        SharedNodes.database(),
                        "spring.profiles.active=production",
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.address(),
                        "unlost.rates.enabled=false",
                        "unlost.console.client-id=" + CLIENT_ID)) {
            assertThat(npm.with("UNLOST_OIDC_URL", production.uri("").toString())
                            .run("run", "e2e"))
                    .containsPattern("\\d+ passed")
                    .doesNotContainPattern("\\d+ (skipped|flaky|failed)");
        }
    }

    private static boolean isThereABrowser() {
        String path = System.getenv().getOrDefault("PATH", "");
        return System.getenv("CHROMIUM") != null
                || Arrays.stream(path.split(File.pathSeparator))
                        .flatMap(folder -> Stream.of(
                                        "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                                .map(name -> Path.of(folder, name)))
                        .anyMatch(Files::isExecutable);
    }
}

package dev.unlost.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the build comes to the console: with programs that stand in for Node and npm, and say what they were asked. */
class BuildConsoleTest {

    private static final Path PROGRAM = Path.of(System.getProperty("basedir", ""))
            .resolve("../console/scripts/BuildConsole.java")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path directory = Path.of("unset");

    private Path console = directory;
    private Path path = directory;
    private Path built = directory;

    @BeforeEach
    void sources() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "not run: it needs a shell");
        console = Files.createDirectories(directory.resolve("console"));
        path = Files.createDirectories(directory.resolve("path"));
        built = directory.resolve("target/classes/console");
        Files.createDirectories(console.resolve("app/src"));
        Files.writeString(console.resolve("app/src/main.js"), "one");
        Files.writeString(console.resolve("package.json"), "{}");
    }

    @Test
    void withoutNodeTheConsoleIsLeftOut() throws IOException, InterruptedException {
        assertThat(build(0)).contains("left out of this build: there is no Node here");
        assertThat(built).doesNotExist();
    }

    @Test
    void anOldNodeIsNotEnough() throws IOException, InterruptedException {
        node("v20.18.3");
        npm("");
        assertThat(build(0)).contains("left out of this build: Node v20.18.3 is here, and 20.19 or later is needed");
    }

    @Test
    void withoutNpmTheConsoleIsLeftOut() throws IOException, InterruptedException {
        node("v22.0.0");
        assertThat(build(0)).contains("left out of this build: there is no npm here");
    }

    @Test
    void theConsoleIsBuiltOnceForItsSources() throws IOException, InterruptedException {
        node("v20.19.0");
        npm("""
                ci) ;;
                run) mkdir -p app/dist/assets app/dist/.vite
                     cp app/src/main.js app/dist/assets/main-1.js
                     echo x > app/dist/.vite/manifest.json
                     echo page > app/dist/index.html ;;""");
        build(0);
        assertThat(calls()).containsExactly("--version", "ci --prefer-offline --no-progress", "run build");
        assertThat(built.resolve("index.html")).hasContent("page");
        assertThat(built.resolve("assets/main-1.js")).hasContent("one");
        assertThat(built.resolve("assets/main-1.js.gz")).exists();
        assertThat(built.resolve(".vite"))
                .as("tools keep their own things there")
                .doesNotExist();

        assertThat(build(0)).contains("up to date");
        assertThat(calls()).hasSize(3);

        Files.writeString(console.resolve("app/src/main.js"), "two");
        build(0);
        assertThat(calls().subList(3, 5)).containsExactly("--version", "run build");
        assertThat(built.resolve("assets/main-1.js")).hasContent("two");
    }

    @Test
    void withoutItsPackagesTheConsoleIsLeftOut() throws IOException, InterruptedException {
        node("v20.19.0");
        npm("ci) exit 7 ;;");
        assertThat(build(0)).contains("left out of this build: its packages could not be installed");
    }

    @Test
    void whatCannotBeBuiltFailsTheBuild() throws IOException, InterruptedException {
        node("v20.19.0");
        npm("""
                ci) ;;
                run) exit 3 ;;""");
        assertThat(build(1)).contains("the console could not be built; -Dconsole.skip builds the service without");
    }

    private void node(String version) throws IOException {
        program("node", "echo " + version);
    }

    /** @param cases what it does, by its first argument */
    private void npm(String cases) throws IOException {
        program("npm", """
                echo "$*" >> ../calls
                case $1 in
                --version) echo 11.0.0 ;;
                %s
                esac""".formatted(cases));
    }

    private void program(String name, String script) throws IOException {
        Path program = path.resolve(name);
        Files.writeString(program, "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"), UTF_8);
    }

    private String build(int exit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        PROGRAM.toString(),
                        console.toString(),
                        built.toString())
                .redirectErrorStream(true);
        builder.environment().put("PATH", path.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(exit);
        return said;
    }
}

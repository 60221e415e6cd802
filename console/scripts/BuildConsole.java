import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Builds the console with the npm of this machine and puts it where the service finds it, unless it is there already.
 * Without npm it says so and leaves the console out: the service does without.
 *
 * <pre>java BuildConsole.java console app/target/classes/console</pre>
 */
class BuildConsole {

    private static final int[] OLDEST_NODE = {20, 19};
    private static final Set<String> PRODUCTS = Set.of("node_modules", "dist", "test-results", "playwright-report");
    private static final Set<String> TESTS = Set.of("test", "e2e");
    private static final Set<String> COMPRESSED = Set.of("js", "css", "svg", "json", "webmanifest");
    private static final long PATIENCE_MINUTES = 10;

    private final Path console;
    private final Path target;

    /** Says what the files in the target were built from. */
    private final Path built;

    /** Says what the packages that are there were installed from. */
    private final Path installed;

    private BuildConsole(Path console, Path target) {
        this.console = console;
        this.target = target;
        this.built = target.getParent().resolveSibling("console.built-from");
        this.installed = console.resolve("node_modules/.installed-from");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BuildConsole build = new BuildConsole(
                Path.of(arguments[0]).toAbsolutePath().normalize(), Path.of(arguments[1]).toAbsolutePath());
        try {
            build.run();
        } catch (LeftOut reason) {
            deleteAll(build.target);
            Files.deleteIfExists(build.built);
            say("left out of this build: " + reason.getMessage());
        }
    }

    private void run() throws IOException, InterruptedException, LeftOut {
        String sources = digest(sources());
        if (recorded(built).equals(sources) && Files.exists(target.resolve("index.html"))) {
            say("up to date");
            return;
        }
        String node = output("node", "--version").orElseThrow(() -> new LeftOut("there is no Node here"));
        if (!isRecentEnough(node)) {
            throw new LeftOut("Node %s is here, and %d.%d or later is needed"
                    .formatted(node, OLDEST_NODE[0], OLDEST_NODE[1]));
        }
        output(npm(), "--version").orElseThrow(() -> new LeftOut("there is no npm here"));
        install();
        say("building");
        if (run(npm(), "run", "build") != 0) {
            throw new IllegalStateException("the console could not be built; -Dconsole.skip builds the service without");
        }
        deleteAll(target);
        copy(console.resolve("app/dist"), target);
        Files.writeString(built, sources);
    }

    private void install() throws IOException, InterruptedException, LeftOut {
        String packages = digest(packages());
        if (recorded(installed).equals(packages)) {
            return;
        }
        say("installing its packages");
        if (run(npm(), "ci", "--prefer-offline", "--no-progress") != 0) {
            throw new LeftOut("its packages could not be installed, as npm says above");
        }
        Files.createDirectories(installed.getParent());
        Files.writeString(installed, packages);
    }

    /** Everything that the console is built from. */
    private List<Path> sources() throws IOException {
        return files(console, Stream.concat(PRODUCTS.stream(), TESTS.stream()).toList());
    }

    private List<Path> packages() throws IOException {
        Set<String> names = Set.of("package.json", "package-lock.json", ".npmrc");
        return files(console, List.copyOf(PRODUCTS)).stream()
                .filter(file -> names.contains(file.getFileName().toString()))
                .toList();
    }

    private static List<Path> files(Path directory, List<String> without) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> children;
        try (Stream<Path> listed = Files.list(directory)) {
            children = listed.sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
        for (Path child : children) {
            if (child.getFileName().toString().startsWith(".") && Files.isDirectory(child)) {
                continue; // tools keep their own things there
            }
            if (!Files.isDirectory(child)) {
                files.add(child);
            } else if (!without.contains(child.getFileName().toString())) {
                files.addAll(files(child, without));
            }
        }
        return files;
    }

    private String digest(List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                byte[] content = Files.readAllBytes(file);
                digest.update((console.relativize(file) + "\n" + content.length + "\n").getBytes(UTF_8));
                digest.update(content);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String recorded(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static boolean isRecentEnough(String version) {
        Matcher numbers = Pattern.compile("v(\\d+)\\.(\\d+)\\..*").matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int[] found = {Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))};
        return Arrays.compare(found, OLDEST_NODE) >= 0;
    }

    private static String npm() {
        return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
    }

    /** @return what the program says in one line; empty where it is not there or does not work */
    private Optional<String> output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(console.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(console.toFile()).inheritIO().start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " does not end");
        }
        return process.exitValue();
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from, List.of())) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            String name = file.getFileName().toString();
            if (COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1))) {
                compress(file, copy.resolveSibling(name + ".gz"));
            }
        }
    }

    private static void compress(Path file, Path compressed) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed)) {
            {
                def.setLevel(9);
            }
        }) {
            Files.copy(file, out);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(directory)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }

    private static void say(String what) {
        System.out.println("[console] " + what);
    }

    /** Why there will be no console; none that fails the build. */
    private static final class LeftOut extends Exception {
        private static final long serialVersionUID = 1;

        LeftOut(String reason) {
            super(reason);
        }
    }
}

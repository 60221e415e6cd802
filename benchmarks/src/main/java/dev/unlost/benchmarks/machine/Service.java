package dev.unlost.benchmarks.machine;

import dev.unlost.benchmarks.load.Answer;
import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Request;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a process of its own, started as its users start it: {@code java -jar}. */
public final class Service implements Closeable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final int SHOWN_LINES = 30;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String name;
    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;
    private final double startSeconds;

    /**
     * Starts it and waits until it answers.
     *
     * @param directory the working directory
     * @param settings names and values; {@code server.port} among them
     * @param probe what it must answer with 200
     */
    public Service(
            String name,
            Path directory,
            List<String> javaOptions,
            Path jar,
            Map<String, String> settings,
            Request probe)
            throws IOException {
        this.name = name;
        this.port = Integer.parseInt(settings.getOrDefault("server.port", "8080"));
        this.managementPort = Integer.parseInt(settings.getOrDefault("management.server.port", "0"));
        this.log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString()));
        settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
        long start = System.nanoTime();
        this.process = new ProcessBuilder(command)
                .directory(Files.createDirectories(directory).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitAnswer(probe, start + START_TIMEOUT.toNanos());
        this.startSeconds = (System.nanoTime() - start) / 1e9;
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** @return 0 if it has none of its own */
    public int managementPort() {
        return managementPort;
    }

    /** @return seconds from the start of the process to its first answer */
    public double startSeconds() {
        return startSeconds;
    }

    public long pid() {
        return process.pid();
    }

    /** @return milliseconds of processor time so far */
    public long cpuMillis() {
        requireAlive();
        return CpuTime.millis(process.pid());
    }

    /** @return MiB of resident memory */
    public double residentMebibytes() {
        requireAlive();
        return CpuTime.statusMebibytes(process.pid(), "VmRSS");
    }

    /** @return the most MiB of resident memory that it ever had */
    public double mostResidentMebibytes() {
        requireAlive();
        return CpuTime.statusMebibytes(process.pid(), "VmHWM");
    }

    /** @return bytes of the heap that are in use after a collection */
    public long heapBytes() throws IOException {
        requireAlive();
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IOException("no histogram of the heap:\n" + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    private void awaitAnswer(Request probe, long deadline) throws IOException {
        String last = "not listening";
        while (System.nanoTime() < deadline) {
            requireAlive();
            try (HttpConnection connection = new HttpConnection(port)) {
                Answer answer = connection.send(probe);
                if (answer.status() == 200) {
                    return;
                }
                last = answer.toString();
            } catch (ConnectException e) {
                // not listening yet
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw failure("does not answer as it should: " + last);
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw failure("has ended");
        }
    }

    /** Its log will be gone soon. */
    private IllegalStateException failure(String what) {
        String end;
        try {
            List<String> lines = Files.readAllLines(log);
            end = String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            end = e.toString();
        }
        return new IllegalStateException("%s %s%n%s".formatted(name, what, end));
    }

    /** Ends it as {@code kill} does, and waits: also for what its JVM writes at the end. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

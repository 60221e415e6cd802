package dev.unlost.benchmarks.machine;

import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Request;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A service in a process of its own, started as its users start it: {@code java -jar}. */
public final class Service implements Closeable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String name;
    private final Process process;
    private final int port;
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

    private void awaitAnswer(Request probe, long deadline) throws IOException {
        while (true) {
            requireAlive();
            try (HttpConnection connection = new HttpConnection(port)) {
                if (connection.send(probe).status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
                if (System.nanoTime() > deadline) {
                    throw new IOException(name + " does not answer, see " + log, e);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(name + " does not answer as it should, see " + log);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " has ended, see " + log);
        }
    }

    /** Ends it as {@code kill} does, and waits. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

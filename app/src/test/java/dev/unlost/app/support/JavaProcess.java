package dev.unlost.app.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A Java process with the class path of the test, for what can only be seen from outside: being killed, above all. It
 * does not outlive the test's own process.
 */
public final class JavaProcess implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 300;

    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private JavaProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts {@code main} with the same Java as this one. */
    public static JavaProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Ddisable-axoniq-console-message=true",
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new JavaProcess(builder.start());
    }

    /** Within the process: tells the test something. */
    public static void say(String line) {
        System.out.println(line);
    }

    /**
     * @return the rest of the first line that starts so
     * @throws IllegalStateException with the process's output, if it ends without such a line, or is ended for its lack
     */
    public String awaitLine(String start) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        synchronized (output) {
            int seen = 0;
            while (true) {
                for (; seen < output.size(); seen++) {
                    if (output.get(seen).startsWith(start)) {
                        return output.get(seen).substring(start.length());
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || ended.getCount() == 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException("no line \"%s…\" in:%n%s".formatted(start, output()));
                }
                waitForOutput(left);
            }
        }
    }

    /** @return what the process has printed so far */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** Ends the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks the process to end, as {@code kill} does. {@link Process#destroy} would close its standard input, too. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Closes the process's standard input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    private void waitForOutput(long millis) {
        try {
            output.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                    output.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (output) {
                ended.countDown();
                output.notifyAll();
            }
        }
    }
}

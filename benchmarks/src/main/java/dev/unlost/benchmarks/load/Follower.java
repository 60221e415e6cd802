package dev.unlost.benchmarks.load;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reader of {@code /api/changes} that takes the time of each change. All must go by one clock. */
public final class Follower implements Closeable {

    private static final String CHANGE = "data: {\"type\"";
    private static final String TIME = "\"ts\":\"";

    private final Socket socket;
    private final BufferedReader lines;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Future<Latencies> delays;

    /**
     * Follows from now on; what has changed once this is there will be read.
     *
     * @param changes after how many it has read enough
     */
    @SuppressWarnings("AddressSelection") // one address, the loopback's
    public Follower(int port, String token, int changes) throws IOException {
        this.socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        socket.getOutputStream()
                .write(("GET /api/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "Authorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = next(); !line.equals("event: synced"); line = next()) {
            if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
                throw new IOException("a stream was refused: " + line);
            }
        }
        this.delays = executor.submit(() -> read(changes));
    }

    /** Waits until all is read. */
    public Latencies delays() {
        try {
            return delays.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("not all changes were told", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Latencies read(int changes) throws IOException {
        Latencies read = new Latencies();
        while (read.count() < changes) {
            String line = next();
            if (line.startsWith(CHANGE)) {
                Instant now = Instant.now();
                int start = line.indexOf(TIME) + TIME.length();
                Instant time = Instant.parse(line.substring(start, line.indexOf('"', start)));
                read.add(Duration.between(time, now).toNanos());
            }
        }
        return read;
    }

    private String next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the service ended a stream");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        executor.shutdownNow();
        socket.close();
    }
}

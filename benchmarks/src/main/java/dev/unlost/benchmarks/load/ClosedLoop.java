package dev.unlost.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets clients work at the same time, each as fast as it is answered. */
public final class ClosedLoop {

    private ClosedLoop() {}

    /**
     * @param seconds that it really took
     * @param latencies of all operations
     */
    public record Result(double seconds, Latencies latencies) {

        public double perSecond() {
            return latencies.count() / seconds;
        }
    }

    /** @throws IllegalStateException if any answer is not the one that is due */
    public static Result run(int port, List<Client> clients, Duration duration) {
        return runUntil(port, clients, System.nanoTime() + duration.toNanos());
    }

    /** Lets each client operate once. */
    public static Result runOnce(int port, List<Client> clients) {
        return runUntil(port, clients, Long.MIN_VALUE);
    }

    private static Result runUntil(int port, List<Client> clients, long until) {
        List<Latencies> all = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(clients.size())) {
            List<Future<Latencies>> running = new ArrayList<>();
            for (Client client : clients) {
                running.add(executor.submit(() -> loop(port, client, until)));
            }
            for (Future<Latencies> client : running) {
                all.add(client.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Result((System.nanoTime() - start) / 1e9, Latencies.together(all));
    }

    private static Latencies loop(int port, Client client, long until) throws Exception {
        Latencies latencies = new Latencies();
        try (HttpConnection connection = new HttpConnection(port)) {
            long now = System.nanoTime();
            do {
                long begun = now;
                client.operate(connection);
                now = System.nanoTime();
                latencies.add(now - begun);
            } while (now < until);
        }
        return latencies;
    }
}

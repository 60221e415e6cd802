import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditional PATCHes of distinct customers as fast as they are answered.
 *
 * <p>Arguments: base address, clients, seconds to warm up, seconds to measure. Prints one line: answers per second, and
 * the median and 99th percentile of the time to an answer in milliseconds.
 */
public final class PatchLoad {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        String base = arguments[0];
        int clients = Integer.parseInt(arguments[1]);
        long warmUp = Long.parseLong(arguments[2]) * 1_000_000_000L;
        long measured = Long.parseLong(arguments[3]) * 1_000_000_000L;
        String token = member(
                send(
                        HttpRequest.newBuilder(URI.create(base + "/dev/token"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"sub\":\"load\",\"factoryId\":\"load\"}")),
                        200),
                "access_token");

        long start = System.nanoTime();
        List<Future<long[]>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
            for (int i = 0; i < clients; i++) {
                running.add(executor.submit(() -> client(base, token, start + warmUp, start + warmUp + measured)));
            }
        }
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> client : running) {
            times.add(client.get());
        }
        long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%.0f/s p50 %.2f ms p99 %.2f ms%n",
                all.length / (measured / 1e9), all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
    }

    private static long[] client(String base, String token, long from, long until) throws Exception {
        String path = base + "/api/customers/"
                + member(
                        send(
                                request(base + "/api/customers", token)
                                        .POST(BodyPublishers.ofString("{\"name\":\"Load\",\"phone\":\"0\"}")),
                                201),
                        "id");
        long[] times = new long[1 << 20];
        int count = 0;
        for (long version = 1; System.nanoTime() < until; version++) {
            long sent = System.nanoTime();
            send(
                    request(path, token)
                            .header("If-Match", "\"" + version + "\"")
                            .method("PATCH", BodyPublishers.ofString("{\"phone\":\"" + version + "\"}")),
                    200);
            if (sent >= from) {
                times[count++] = System.nanoTime() - sent;
            }
        }
        return Arrays.copyOf(times, count);
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private static String send(HttpRequest.Builder request, int expected) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }
}

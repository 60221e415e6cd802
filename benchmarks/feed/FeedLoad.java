import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows the feed while changes are written at a steady rate, or just follows it.
 *
 * <p>{@code latency WRITES_AT FOLLOWS_AT RATE WARM_UP SECONDS}: prints how long it took from a change's {@code ts}, which
 * is taken before it is committed, until a consumer had read its event, in milliseconds: an upper bound of the time from
 * commit to consumer. Needs one clock for all.
 *
 * <p>{@code idle AT STREAMS}: opens so many streams, of factories in which nothing happens, says {@code open}, and holds
 * them until its input ends.
 */
public final class FeedLoad {

    private static final int RECORDS = 64;
    private static final int STREAMS_PER_FACTORY = 100;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "latency" ->
                latency(
                        arguments[1],
                        arguments[2],
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        Integer.parseInt(arguments[5]));
            case "idle" -> idle(URI.create(arguments[1]), Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void latency(String writesAt, String followsAt, int rate, int warmUp, int seconds) throws Exception {
        String token = token(writesAt, "feed-load");
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            paths.add(writesAt + "/api/customers/"
                    + member(
                            send(
                                    request(writesAt + "/api/customers", token)
                                            .POST(BodyPublishers.ofString("{\"name\":\"Load\",\"phone\":\"0\"}")),
                                    201),
                            "id"));
        }
        int writes = rate * (warmUp + seconds);
        int ignored = rate * warmUp;
        BufferedReader feed = follow(URI.create(followsAt), token);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<double[]> consumer = executor.submit(() -> {
                double[] millis = new double[writes];
                for (int read = 0; read < writes; ) {
                    String line = feed.readLine();
                    if (line.startsWith("data: {\"type\"")) {
                        Instant now = Instant.now();
                        millis[read++] = Duration.between(Instant.parse(member(line, "ts")), now).toNanos() / 1e6;
                    }
                }
                return Arrays.copyOfRange(millis, ignored, writes);
            });
            long start = System.nanoTime();
            for (int i = 0; i < writes; i++) {
                int number = i;
                LockSupport.parkNanos(start + TimeUnit.SECONDS.toNanos(1) * i / rate - System.nanoTime());
                executor.submit(() -> {
                    try {
                        return send(
                                request(paths.get(number % RECORDS), token)
                                        .header("If-Match", "*")
                                        .method("PATCH", BodyPublishers.ofString("{\"phone\":\"" + (number + 1) + "\"}")),
                                200);
                    } catch (IllegalStateException refused) {
                        // the consumer would wait for its event for ever
                        System.err.println(refused.getMessage());
                        System.exit(1);
                        throw refused;
                    }
                });
            }
            double written = writes / ((System.nanoTime() - start) / 1e9);
            double[] millis = consumer.get(1, TimeUnit.MINUTES);
            Arrays.sort(millis);
            System.out.printf(
                    "%d changes at %.0f/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                    millis.length,
                    written,
                    millis[millis.length / 2],
                    millis[(int) (millis.length * 0.99)],
                    millis[millis.length - 1]);
        }
    }

    private static void idle(URI at, int streams) throws Exception {
        List<BufferedReader> open = new ArrayList<>();
        String token = "";
        for (int i = 0; i < streams; i++) {
            if (i % STREAMS_PER_FACTORY == 0) {
                token = token(at.toString(), "idle-" + i);
            }
            open.add(follow(at, token));
        }
        System.out.println("open");
        while (System.in.read() >= 0) {
            // what is said does not matter
        }
        open.clear();
    }

    /** @return a stream that has told that there is nothing to tell */
    private static BufferedReader follow(URI at, String token) throws Exception {
        Socket socket = new Socket(at.getHost(), at.getPort());
        socket.getOutputStream()
                .write(("GET /api/changes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
        for (String line = lines.readLine(); !line.equals("event: synced"); line = lines.readLine()) {
            if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException(line);
            }
        }
        return lines;
    }

    private static String token(String at, String factory) throws Exception {
        return member(
                send(
                        HttpRequest.newBuilder(URI.create(at + "/dev/token"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"sub\":\"load\",\"factoryId\":\"" + factory + "\"}")),
                        200),
                "access_token");
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

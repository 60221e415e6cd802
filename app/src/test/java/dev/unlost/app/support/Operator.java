package dev.unlost.app.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who runs a node: at its management port, with the scope for it. */
public final class Operator {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final TestNode node;
    private final String token;

    public Operator(TestNode node) {
        this.node = node;
        this.token = node.token("operator", "none", "projections:manage");
    }

    /** @return how many records differ from the log, once all have been compared */
    public long verify(String projection) {
        return run(projection, "verify");
    }

    /** @return how many records differed from the log, once all are as it says */
    public long rebuild(String projection) {
        return run(projection, "rebuild");
    }

    private long run(String projection, String operation) {
        HttpResponse<String> started =
                send(HttpRequest.newBuilder(node.managementUri("/actuator/projections/" + projection))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"operation\":\"" + operation + "\"}")));
        if (started.statusCode() != 202) {
            throw new IllegalStateException("not started: " + started.statusCode() + " " + started.body());
        }
        JsonNode done = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> status(projection),
                        status -> !status.path("state").stringValue().equalsIgnoreCase("running"));
        if (!done.path("state").stringValue().equalsIgnoreCase("done")) {
            throw new IllegalStateException("ended as " + done);
        }
        long total = 0;
        for (String kind : new String[] {"missing", "extra", "behind", "ahead", "different"}) {
            total += done.path("differences").path(kind).longValue();
        }
        return total;
    }

    private JsonNode status(String projection) {
        return JSON.readTree(send(HttpRequest.newBuilder(node.managementUri("/actuator/projections/" + projection)))
                .body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

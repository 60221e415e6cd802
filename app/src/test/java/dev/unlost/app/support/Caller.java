package dev.unlost.app.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A person at a node, with a token. */
public final class Caller {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final JsonMapper JSON = new JsonMapper();

    private final TestNode node;
    private final String token;

    private Caller(TestNode node, String token) {
        this.node = node;
        this.token = token;
    }

    public static Caller of(TestNode node, String sub, String factoryId) {
        return new Caller(node, node.token(sub, factoryId));
    }

    /** Whoever has that token. */
    public static Caller withToken(TestNode node, String token) {
        return new Caller(node, token);
    }

    /** The same person at another node. */
    public Caller at(TestNode other) {
        return new Caller(other, token);
    }

    public String token() {
        return token;
    }

    public URI uri(String path) {
        return node.uri(path);
    }

    /** An answer: its status, its headers, and its body as JSON where it has one. */
    public record Reply(int status, HttpResponse<byte[]> raw) {

        public JsonNode json() {
            return raw.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(raw.body());
        }

        public String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        public long version() {
            return version(json());
        }

        /** @return the version of a record, whatever its kind calls it */
        public static long version(JsonNode record) {
            return (record.has("_uplVersion") ? record.path("_uplVersion") : record.path("version")).longValue();
        }

        public Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Reply post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Reply put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    public Reply patch(String path, String json, String... headers) {
        return send("PATCH", path, json, headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /**
     * Sends a request with this caller's token.
     *
     * @param headers names and values in turn
     */
    public Reply send(String method, String path, @Nullable String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Creates a customer with that JSON and gives its path. */
    public String created(String json) {
        Reply reply = post("/api/customers", json);
        if (reply.status() != 201) {
            throw new IllegalStateException("not created: " + reply);
        }
        return reply.header("Location").orElseThrow();
    }
}

package dev.unlost.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of whichever node answers.
 *
 * @param path path and query, from the root of the service
 * @param body null for none
 * @param key under which a write can be repeated; null for reads
 */
record Call(
        String method,
        String path,
        Map<String, String> headers,
        @Nullable JsonNode body,
        @Nullable String key) {

    static Call read(String path) {
        return new Call("GET", path, Map.of("Accept", "application/json"), null, null);
    }

    static Call write(String method, String path, @Nullable JsonNode body, String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Idempotency-Key", key);
        if (body != null) {
            headers.put("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        return new Call(method, path, headers, body, key);
    }

    Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, more, body, key);
    }

    /** @return for messages; without query, headers and body, which may hold what is nobody's business */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }
}

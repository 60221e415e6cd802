package dev.unlost.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that is no problem.
 *
 * @param body null where there is none
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable JsonNode body) {

    public static Answer of(int status, @Nullable JsonNode body) {
        return new Answer(status, Map.of(), body);
    }

    /**
     * @param json a document as plain JSON, good until it is asked for again
     * @return the answer that has it
     */
    public static Answer document(Map<String, ?> json) {
        return of(200, (ObjectNode) Json.node(json)).revalidated();
    }

    public Answer with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, body);
    }

    /** Kept by the reader alone, and asked for again each time; Spring Security's no-store would forbid even that. */
    public Answer revalidated() {
        return with("Cache-Control", "private, no-cache").with("Vary", "Authorization, Origin");
    }
}

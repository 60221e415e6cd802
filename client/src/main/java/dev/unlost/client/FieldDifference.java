package dev.unlost.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field that differs between two versions.
 *
 * @param from its value in the earlier; none is a JSON null, or null where the service leaves it out
 * @param to its value in the later
 */
public record FieldDifference(
        String field, @Nullable JsonNode from, @Nullable JsonNode to) {

    static FieldDifference of(Members change) {
        return new FieldDifference(change.text("field"), change.value("from"), change.value("to"));
    }
}

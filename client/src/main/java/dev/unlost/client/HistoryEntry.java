package dev.unlost.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change in a record's history.
 *
 * @param version the version that it made
 * @param updatedAt when, to the microsecond
 * @param updatedBy the {@code sub} of who made it
 * @param updatedByInfo who that is; null where the service does not tell
 * @param changes the fields that it changed
 * @param body all that the service told, as what the change overrode
 */
public record HistoryEntry(
        long version,
        Action action,
        Instant updatedAt,
        String updatedBy,
        @Nullable Person updatedByInfo,
        List<FieldDifference> changes,
        JsonNode body) {

    static HistoryEntry of(Members entry) {
        return new HistoryEntry(
                entry.number("version"),
                Action.of(entry.text("action")),
                entry.time("updatedAt"),
                entry.text("updatedBy"),
                Person.of(entry, "updatedByInfo"),
                entry.each("changes", FieldDifference::of),
                entry.object());
    }
}

package dev.unlost.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a record, as the feed tells it: that it happened, not what the record says now.
 *
 * @param type the record's type, e.g. {@code customer}
 * @param namespace within which the id is unique among its type: the metahub's id; null where the factory is all there is,
 *     as for customers
 * @param id the record's id
 * @param factoryId the tenant
 * @param changedKeys the names of the fields that changed
 * @param version the record's version since, from 1
 * @param at when it happened, to the microsecond; the {@code updatedAt} of that version
 * @param actor the {@code sub} of who made it
 */
public record Change(
        String type,
        @Nullable String namespace,
        String id,
        String factoryId,
        Action action,
        List<String> changedKeys,
        long version,
        Instant at,
        String actor) {

    static Change of(Members change) {
        return new Change(
                change.text("type"),
                change.textOrNull("namespace"),
                change.text("id"),
                change.text("factoryId"),
                Action.of(change.text("action")),
                change.texts("changedKeys"),
                change.number("version"),
                change.time("ts"),
                change.text("actor"));
    }
}

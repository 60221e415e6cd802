package dev.unlost.feed;

import dev.unlost.versioning.Action;
import dev.unlost.versioning.RecordKey;
import java.time.Instant;
import java.util.List;

/**
 * One change of one record, as consumers are told of it.
 *
 * @param changedKeys the names of the fields that changed, in the order of the record's fields
 * @param version the record's version once it was changed, from 1
 * @param at when it was changed, to the microsecond; the record's {@code updatedAt} at that version
 * @param actor the {@code sub} of who changed it
 */
public record RecordChange(
        RecordKey key,
        String factoryId,
        Action action,
        List<String> changedKeys,
        long version,
        Instant at,
        String actor) {

    public RecordChange {
        changedKeys = List.copyOf(changedKeys);
    }
}

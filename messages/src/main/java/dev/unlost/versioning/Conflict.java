package dev.unlost.versioning;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a change was refused: what the writer had seen, what is there now, and what lies between.
 *
 * @param expectedVersion the version that the change was based on; null where the writer named none, or a time that no
 *     version has
 * @param current the record as it is now, deleted or not; where a value is taken, the record that has it
 * @param taken the field whose value another record has already; null where it is not that
 * @param changes every field that differs between the writer's base and now, and every field that the writer sent
 */
public record Conflict(
        Reason reason,
        @Nullable Long expectedVersion,
        RecordView<?> current,
        @Nullable String taken,
        List<FieldChange> changes) {

    public Conflict(Reason reason, @Nullable Long expectedVersion, RecordView<?> current, List<FieldChange> changes) {
        this(reason, expectedVersion, current, null, changes);
    }

    /**
     * @param holder the record that has the value
     * @param field of which it must have another value than any other record
     */
    public static Conflict taken(RecordView<?> holder, String field, Object value) {
        return new Conflict(
                Reason.EXISTS,
                null,
                holder,
                field,
                List.of(new FieldChange(field, null, false, value, value, true, true, null, null, null)));
    }

    /** What kind of conflict. */
    public enum Reason {
        /** The record was changed since. */
        STALE,
        /** The record was deleted since. */
        DELETED,
        /** The writer names a version that does not exist yet. */
        AHEAD,
        /** A record with that id, or with a value that only one may have, exists already. */
        EXISTS
    }

    /**
     * One field of a conflict.
     *
     * @param base the value in the version that the writer had seen; null also where {@code baseKnown} is false
     * @param baseKnown whether it is known what the writer had seen
     * @param theirs the value now
     * @param yours the value that the writer sent; null also where {@code sent} is false
     * @param sent whether the writer sent a value
     * @param overlaps touched since the base, and the writer's value differs from the one that is there now; of a
     *     deletion, which leaves none of the values, touched since the base
     * @param version of the last change of the field since the base; null where it was not touched
     */
    public record FieldChange(
            String field,
            @Nullable Object base,
            boolean baseKnown,
            @Nullable Object theirs,
            @Nullable Object yours,
            boolean sent,
            boolean overlaps,
            @Nullable Long version,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {}

    /** @return the names of the fields that overlap, in order */
    public List<String> overlappingFields() {
        return changes.stream()
                .filter(FieldChange::overlaps)
                .map(FieldChange::field)
                .toList();
    }

    /** @return whether the change could be applied to the record as it is now without undoing anybody's work */
    public boolean mergeable() {
        return reason == Reason.STALE
                && expectedVersion != null
                && overlappingFields().isEmpty();
    }
}

package dev.unlost.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a change was refused: what it was based on, what is there now, and what lies between.
 *
 * @param entityId the record's id
 * @param entityType the record's type, e.g. {@code customer}
 * @param expectedVersion what the change was based on; null where it named no version, or none that ever was
 * @param actualVersion the record's version now; 0 where the service did not tell
 * @param updatedAt when that came to be
 * @param updatedBy the {@code sub} of who made it
 * @param updatedByInfo who that is
 * @param changes every field that differs between base and now, and every field that was sent
 * @param overlappingFields the names of those that others changed too, to something else
 * @param mergeable whether the change could be applied to what is there now without undoing anybody's work
 * @param current the whole record as it is now; null where the service did not tell. {@link #current(Resource)} reads it
 */
public record Conflict(
        String entityId,
        String entityType,
        Reason reason,
        @Nullable Long expectedVersion,
        long actualVersion,
        @Nullable Instant updatedAt,
        @Nullable String updatedBy,
        @Nullable Person updatedByInfo,
        List<FieldChange> changes,
        List<String> overlappingFields,
        boolean mergeable,
        @Nullable JsonNode current) {

    /** What kind of conflict. */
    public enum Reason {
        /** The record was changed since. */
        STALE,
        /** The record was deleted since. */
        DELETED,
        /** The change names a version that does not exist yet. */
        AHEAD,
        /** A record with that id exists already. */
        EXISTS,
        /** One that this client does not know. */
        OTHER;

        static Reason of(String word) {
            return switch (word) {
                case "stale" -> STALE;
                case "deleted" -> DELETED;
                case "ahead" -> AHEAD;
                case "exists" -> EXISTS;
                default -> OTHER;
            };
        }
    }

    /**
     * One field of a conflict. A value that is none is a JSON null; Java's null means that there is nothing to tell.
     *
     * @param base the value in the version that the change was based on; null where that is not known
     * @param theirs the value now
     * @param yours the value that was sent; null where none was
     * @param overlaps whether others changed the field since, to something other than yours
     * @param version of the last change of the field since the base; null where it was not touched
     * @param changedBy the {@code sub} of who made that
     * @param changedAt when that was
     */
    public record FieldChange(
            String field,
            @Nullable JsonNode base,
            @Nullable JsonNode theirs,
            @Nullable JsonNode yours,
            boolean overlaps,
            @Nullable Long version,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {

        static FieldChange of(Members change) {
            return new FieldChange(
                    change.textOr("field", ""),
                    change.value("base"),
                    change.value("theirs"),
                    change.value("yours"),
                    change.flag("overlaps"),
                    change.numberOrNull("version"),
                    change.textOrNull("changedBy"),
                    change.timeOrNull("changedAt"));
        }
    }

    static Conflict of(Problem problem) {
        Members conflict = new Members(problem.body().path("conflict"));
        Long actual = conflict.numberOrNull("actualVersion");
        JsonNode current = conflict.value("current");
        return new Conflict(
                conflict.textOr("entityId", ""),
                conflict.textOr("entityType", ""),
                Reason.of(conflict.textOr("reason", "")),
                conflict.numberOrNull("expectedVersion"),
                actual == null ? 0 : actual,
                conflict.timeOrNull("updatedAt"),
                conflict.textOrNull("updatedBy"),
                Person.of(conflict, "updatedByInfo"),
                conflict.each("changes", FieldChange::of),
                conflict.texts("overlappingFields"),
                conflict.flag("mergeable"),
                current != null && current.isObject() ? current : null);
    }

    /**
     * @return the record as it is now; empty where the service did not tell
     * @throws UnexpectedAnswerException if it is no such record
     */
    public <T> Optional<Versioned<T>> current(Resource<T> resource) {
        return current == null ? Optional.empty() : Optional.of(resource.read(current));
    }
}

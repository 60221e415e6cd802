package dev.unlost.versioning;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions that an event was applied over although its edit had not begun with them: merged, unconditional, or sent
 * again after a conflict. It is stored with the event, so that a history can tell who passed over whom.
 *
 * @param fromVersion the first of those versions
 * @param toVersion the last of them, the one before the event's own
 * @param mergedFrom the first of those that the edit was merged with: applied over, from there on, because it touched none
 *     of their fields; null where it was merged with none
 * @param overwritten the fields that they had changed and the event changed again, in the order of the record's fields;
 *     empty where the event undid nothing of theirs
 */
public record AppliedOver(
        long fromVersion, long toVersion, @Nullable Long mergedFrom, List<Overwritten> overwritten) {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String MERGED = "merged";
    private static final String MERGED_FROM = "mergedFrom";
    private static final String OVERWRITTEN = "overwritten";
    private static final String FIELD = "field";
    private static final String VERSION = "version";
    private static final String BY = "by";

    public AppliedOver {
        if (fromVersion < 1 || toVersion < fromVersion) {
            throw new IllegalArgumentException("not a range of versions: " + fromVersion + " to " + toVersion);
        }
        if (mergedFrom != null && (mergedFrom < fromVersion || mergedFrom > toVersion)) {
            throw new IllegalArgumentException("not from " + fromVersion + " to " + toVersion + ": " + mergedFrom);
        }
        overwritten = List.copyOf(overwritten);
    }

    public boolean merged() {
        return mergedFrom != null;
    }

    /**
     * Somebody's value that did not last.
     *
     * @param field by its public name
     * @param version the last of the versions passed over that changed the field
     * @param by the {@code sub} of who made that version
     */
    public record Overwritten(String field, long version, String by) {}

    /** @return as plain JSON, for an event's metadata */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(FROM, fromVersion);
        json.put(TO, toVersion);
        if (mergedFrom != null) {
            json.put(MERGED, true);
            if (mergedFrom != fromVersion) {
                json.put(MERGED_FROM, mergedFrom);
            }
        }
        if (!overwritten.isEmpty()) {
            List<Map<String, Object>> fields = new ArrayList<>();
            for (Overwritten each : overwritten) {
                Map<String, Object> field = new LinkedHashMap<>();
                field.put(FIELD, each.field());
                field.put(VERSION, each.version());
                field.put(BY, each.by());
                fields.add(field);
            }
            json.put(OVERWRITTEN, fields);
        }
        return json;
    }

    /** @param json what {@link #toJson} gave, numbers of whichever size */
    static AppliedOver of(Map<?, ?> json) {
        List<Overwritten> overwritten = new ArrayList<>();
        if (json.get(OVERWRITTEN) instanceof List<?> fields) {
            for (Object each : fields) {
                Map<?, ?> field = (Map<?, ?>) each;
                overwritten.add(new Overwritten(text(field, FIELD), number(field, VERSION), text(field, BY)));
            }
        }
        Long mergedFrom = Boolean.TRUE.equals(json.get(MERGED))
                ? (Long) number(json, json.containsKey(MERGED_FROM) ? MERGED_FROM : FROM)
                : null;
        return new AppliedOver(number(json, FROM), number(json, TO), mergedFrom, overwritten);
    }

    private static String text(Map<?, ?> json, String member) {
        return (String) requireNonNull(json.get(member));
    }

    private static long number(Map<?, ?> json, String member) {
        return ((Number) requireNonNull(json.get(member))).longValue();
    }
}

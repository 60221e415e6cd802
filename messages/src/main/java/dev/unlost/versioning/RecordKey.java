package dev.unlost.versioning;

import java.util.Objects;

/**
 * Identity of a record within its factory: what kind it is and its id. Its text, {@code type:id}, is the aggregate
 * identifier, so that two kinds may use the same id.
 *
 * @param type the record type's name, lower-case letters, e.g. {@code customer}
 * @param id the id, unique within factory and type; never reused
 */
public record RecordKey(String type, String id) {

    public RecordKey {
        Objects.requireNonNull(id, "id");
        if (type.isEmpty() || type.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a record type: " + type);
        }
    }

    /**
     * @param text what {@link #toString()} gave
     * @throws IllegalArgumentException if the text has no type
     */
    public static RecordKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a record key: " + text);
        }
        return new RecordKey(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return type + ":" + id;
    }
}

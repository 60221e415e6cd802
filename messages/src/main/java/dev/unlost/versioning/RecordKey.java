package dev.unlost.versioning;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a record within its factory: what kind it is and its id. Its text, {@code type:id}, is the aggregate
 * identifier, so that two kinds may use the same id.
 *
 * @param type the record type's name, lower-case letters, e.g. {@code customer}
 * @param id the id, unique within factory and type; never reused. Where records live in namespaces, it is the namespace's
 *     name, a slash, and the id within it
 */
public record RecordKey(String type, String id) {

    private static final char NAMESPACE_END = '/';

    public RecordKey {
        Objects.requireNonNull(id, "id");
        if (type.isEmpty() || type.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a record type: " + type);
        }
    }

    /** @return the key of the record with that id in that namespace */
    public static RecordKey within(String namespace, String type, String localId) {
        return new RecordKey(type, namespace + NAMESPACE_END + localId);
    }

    /** @return the name of the namespace that the record lives in; null where its type has none */
    public @Nullable String namespace() {
        int end = id.indexOf(NAMESPACE_END);
        return end < 0 ? null : id.substring(0, end);
    }

    /** @return the id within the namespace; the whole id where the type has none */
    public String localId() {
        return id.substring(id.indexOf(NAMESPACE_END) + 1);
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

package dev.unlost.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members that a PATCH sets (RFC 7396); all others stay as they are.
 *
 * @param <T> the contents it is for
 */
@FunctionalInterface
public interface Patch<T> {

    /** @return the members to set, those to clear as null */
    ObjectNode toJson();

    /**
     * @param members by name, as Jackson writes them; null clears
     * @return a patch of any kind of record
     */
    static <T> Patch<T> of(Map<String, ? extends @Nullable Object> members) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        return () -> Json.MAPPER.valueToTree(copy);
    }
}

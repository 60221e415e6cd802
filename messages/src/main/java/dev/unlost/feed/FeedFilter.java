package dev.unlost.feed;

import dev.unlost.versioning.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * Which records' changes are wanted.
 *
 * @param type the record type's name; null for all
 * @param id the record's id; null for all
 */
public record FeedFilter(@Nullable String type, @Nullable String id) {

    public static final FeedFilter ALL = new FeedFilter(null, null);

    public boolean matches(RecordKey key) {
        return (type == null || type.equals(key.type())) && (id == null || id.equals(key.id()));
    }
}

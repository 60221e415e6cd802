package dev.unlost.versioning.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * Records as this node saw them last. Another node may have changed them since: whoever decides by a cached record has to
 * be ready to be told so, by the log.
 *
 * <p>Entries are immutable views, so that a command that fails leaves no trace in them, and their keys carry the
 * factory, so that another factory's record does not exist here either.
 */
public final class RecordCache {

    private record Key(String factoryId, RecordKey record) {}

    private record Entry(RecordView<?> view, int weight) {}

    private final Cache<Key, Entry> entries;

    /** @param maxBytes about how much memory the records may take; 0 turns the cache off */
    public RecordCache(long maxBytes) {
        entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key key, Entry entry) -> entry.weight())
                // at once, so that no more memory is taken than was allowed, and a cache that is off holds nothing
                .executor(Runnable::run)
                .build();
    }

    @SuppressWarnings("unchecked") // the key names the type
    <D> @Nullable RecordView<D> get(String factoryId, RecordKey record) {
        Entry entry = entries.getIfPresent(new Key(factoryId, record));
        return entry == null ? null : (RecordView<D>) entry.view();
    }

    /** Keeps the view unless a newer one is known. */
    <D> void put(RecordType<D, ?> type, RecordView<D> view) {
        entries.asMap()
                .merge(
                        new Key(view.factoryId(), view.key()),
                        new Entry(view, type.weight(view.details())),
                        (known, offered) ->
                                offered.view().version() >= known.view().version() ? offered : known);
    }

    void evict(String factoryId, RecordKey record) {
        entries.invalidate(new Key(factoryId, record));
    }

    /** Forgets everything; nothing but time is lost. */
    public void clear() {
        entries.invalidateAll();
    }
}

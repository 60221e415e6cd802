package dev.unlost.versioning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of events, one history per record. All but {@link #latest} answers for the factory of the work in progress
 * only, within the transaction of the caller where there is one.
 */
public interface RecordLog {

    /** @return the record as it is after the last event of the log; empty if it never existed */
    <D, E extends RecordEvent> Optional<RecordView<D>> current(RecordType<D, E> type, RecordKey key);

    /** @return the record as it was at that version; empty if it never had it */
    <D, E extends RecordEvent> Optional<RecordView<D>> at(RecordType<D, E> type, RecordKey key, long version);

    /**
     * @param fromVersion the first version to answer with, from 1
     * @param limit the most events to answer with
     * @return the record's events, oldest first
     */
    <D, E extends RecordEvent> List<Recorded<E>> history(
            RecordType<D, E> type, RecordKey key, long fromVersion, int limit);

    /**
     * @param beforeVersion only events that made an earlier version than this
     * @param limit the most events to answer with
     * @return the record's events, newest first
     */
    <D, E extends RecordEvent> List<Recorded<E>> newestFirst(
            RecordType<D, E> type, RecordKey key, long beforeVersion, int limit);

    /** @return the last version that came to be at or before that time; empty if there is none */
    Optional<Long> versionAt(RecordKey key, Instant time);

    /** @return the version that has exactly that {@code updatedAt}; empty if there is none */
    Optional<Long> versionOf(RecordKey key, Instant updatedAt);

    /**
     * The records of all factories, folded from their first event without snapshots; for rebuilding and verifying the
     * read model as the maintenance role.
     *
     * @param after where the page before ended: factory and id; null to begin
     * @param limit the most records to answer with
     * @return the records as of their last events, ordered by factory and id
     */
    <D, E extends RecordEvent> List<RecordView<D>> latest(RecordType<D, E> type, @Nullable Place after, int limit);

    /** A record's place in the order of {@link #latest}. */
    record Place(String factoryId, String id) {}
}

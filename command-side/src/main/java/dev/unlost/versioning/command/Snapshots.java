package dev.unlost.versioning.command;

import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.util.Optional;

/**
 * Records as they were at some versions, so that neither loading a record nor reading its past costs its whole history.
 * They hold nothing that the log does not; without them everything is only slower.
 */
interface Snapshots {

    /** Whether a snapshot is due at this version. */
    boolean dueAt(long version);

    /** Keeps the record as it is in this view, in the transaction that appends the version. */
    <D, E extends RecordEvent> void keep(RecordType<D, E> type, RecordView<D> view);

    /** The newest snapshot at or below that version, of the factory of the work in progress. */
    <D, E extends RecordEvent> Optional<RecordView<D>> atOrBelow(RecordType<D, E> type, RecordKey key, long version);
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Axon's event store has no question for. See the methods of the same names in {@link RecordLog}. */
interface LogIndex {

    Optional<Long> versionAt(RecordKey key, Instant time);

    Optional<Long> versionOf(RecordKey key, Instant updatedAt);

    /** The events of those versions, both included, newest first; no more than that many. */
    <D, E extends RecordEvent> List<Recorded<E>> newestFirst(
            RecordType<D, E> type, RecordKey key, long fromVersion, long toVersion, int limit);

    <D, E extends RecordEvent> List<RecordView<D>> latest(
            RecordType<D, E> type, RecordLog.@Nullable Place after, int limit);
}

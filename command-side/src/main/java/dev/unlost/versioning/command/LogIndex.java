package dev.unlost.versioning.command;

import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Axon's event store has no question for. See the methods of the same names in {@link RecordLog}. */
interface LogIndex {

    Optional<Long> versionAt(RecordKey key, Instant time);

    Optional<Long> versionOf(RecordKey key, Instant updatedAt);

    <D, E extends RecordEvent> List<RecordView<D>> latest(
            RecordType<D, E> type, RecordLog.@Nullable Place after, int limit);
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** The log of Axon's event store, read from the nearest snapshot on. */
public final class EventStoreRecordLog implements RecordLog {

    private final EventStore events;
    private final Snapshots snapshots;
    private final LogIndex index;

    public EventStoreRecordLog(EventStore events, JdbcSnapshots snapshots, JdbcLogIndex index) {
        this(events, (Snapshots) snapshots, index);
    }

    EventStoreRecordLog(EventStore events, Snapshots snapshots, LogIndex index) {
        this.events = events;
        this.snapshots = snapshots;
        this.index = index;
    }

    @Override
    public <D, E extends RecordEvent> Optional<RecordView<D>> current(RecordType<D, E> type, RecordKey key) {
        RecordView<D> start = snapshots.atOrBelow(type, key, Long.MAX_VALUE).orElse(null);
        long from = start == null ? 1 : start.version() + 1;
        return Optional.ofNullable(advance(type, key, start, history(type, key, from, Integer.MAX_VALUE)));
    }

    @Override
    public <D, E extends RecordEvent> Optional<RecordView<D>> at(RecordType<D, E> type, RecordKey key, long version) {
        RecordView<D> start = snapshots.atOrBelow(type, key, version).orElse(null);
        long from = start == null ? 1 : start.version() + 1;
        // the event store would read on beyond the version, by a whole batch
        List<Recorded<E>> history = index.newestFirst(type, key, from, version, Integer.MAX_VALUE);
        return Optional.ofNullable(advance(type, key, start, history.reversed()))
                .filter(view -> view.version() == version);
    }

    /** Folds the events that follow the view into it. */
    static <D, E extends RecordEvent> @Nullable RecordView<D> advance(
            RecordType<D, E> type, RecordKey key, @Nullable RecordView<D> start, List<Recorded<E>> history) {
        RecordView<D> view = start;
        for (Recorded<E> recorded : history) {
            // what is stored in this transaction is reported once from the store and once from the unit of work
            if (view == null || recorded.version() > view.version()) {
                view = type.fold(key, view, recorded);
            }
        }
        return view;
    }

    @Override
    public <D, E extends RecordEvent> List<Recorded<E>> history(
            RecordType<D, E> type, RecordKey key, long fromVersion, int limit) {
        long toVersion = fromVersion + limit - 1L;
        try (Stream<? extends DomainEventMessage<?>> stream =
                events.readEvents(key.toString(), fromVersion - 1).asStream()) {
            return stream.takeWhile(event -> event.getSequenceNumber() < toVersion)
                    .map(event -> EventMetaData.recorded(
                            type.eventType().cast(event.getPayload()), event.getSequenceNumber(), event.getMetaData()))
                    .toList();
        }
    }

    @Override
    public <D, E extends RecordEvent> List<Recorded<E>> newestFirst(
            RecordType<D, E> type, RecordKey key, long beforeVersion, int limit) {
        return index.newestFirst(type, key, 1, beforeVersion - 1, limit);
    }

    @Override
    public Optional<Long> versionAt(RecordKey key, Instant time) {
        return index.versionAt(key, time);
    }

    @Override
    public Optional<Long> versionOf(RecordKey key, Instant updatedAt) {
        return index.versionOf(key, updatedAt);
    }

    @Override
    public <D, E extends RecordEvent> List<RecordView<D>> latest(
            RecordType<D, E> type, @Nullable Place after, int limit) {
        return index.latest(type, after, limit);
    }
}

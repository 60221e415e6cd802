package dev.unlost.versioning.command;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** Answers from {@code unlost.event}. */
public final class JdbcLogIndex implements LogIndex {

    private final JdbcOperations jdbc;
    private final JdbcOperations maintenance;
    private final Serializer serializer;

    public JdbcLogIndex(JdbcOperations jdbc, JdbcOperations maintenance, Serializer serializer) {
        this.jdbc = jdbc;
        this.maintenance = maintenance;
        this.serializer = serializer;
    }

    @Override
    public Optional<Long> versionAt(RecordKey key, Instant time) {
        return sequence(key, "time_stamp <= ?", time);
    }

    @Override
    public Optional<Long> versionOf(RecordKey key, Instant updatedAt) {
        return sequence(key, "time_stamp = ?", updatedAt);
    }

    /** Times rise with the sequence, and the index on the sequence holds them: no row is fetched. */
    private Optional<Long> sequence(RecordKey key, String condition, Instant time) {
        List<Long> found = jdbc.queryForList(
                """
                select sequence_number from unlost.event
                where factory_id = ? and aggregate_type = ? and aggregate_id = ? and %s
                order by sequence_number desc limit 1""".formatted(condition),
                Long.class,
                Origin.ofWorkInProgress().orElseThrow().factoryId(),
                key.type(),
                key.id(),
                time.atOffset(ZoneOffset.UTC));
        return found.stream().findFirst().map(sequence -> sequence + 1);
    }

    @Override
    public <D, E extends RecordEvent> List<RecordView<D>> latest(
            RecordType<D, E> type, RecordLog.@Nullable Place after, int limit) {
        String factory = after == null ? "" : after.factoryId();
        String id = after == null ? "" : after.id();
        // the first events name the records of the page; the rest of their histories lies beside them in the index
        try (Stream<GenericDomainEventEntry<String>> rows = maintenance.queryForStream(
                """
                with page as (
                  select factory_id, aggregate_id from unlost.event
                  where aggregate_type = ? and sequence_number = 0 and (factory_id, aggregate_id) > (?, ?)
                  order by factory_id, aggregate_id limit ?)
                select e.aggregate_type, e.aggregate_id, e.sequence_number, e.event_id, e.time_stamp, e.payload_type,
                  e.payload_revision, e.payload, e.metadata
                from page join unlost.event e
                  on e.factory_id = page.factory_id and e.aggregate_type = ? and e.aggregate_id = page.aggregate_id
                order by e.factory_id, e.aggregate_id, e.sequence_number""",
                (row, n) -> PostgresEventStorageEngine.event(row, 1),
                type.name(),
                factory,
                id,
                limit,
                type.name())) {
            return folded(type, rows);
        }
    }

    /** Folds event by event as they are fetched: a page's records can have long histories. */
    private <D, E extends RecordEvent> List<RecordView<D>> folded(
            RecordType<D, E> type, Stream<GenericDomainEventEntry<String>> rows) {
        List<RecordView<D>> views = new ArrayList<>();
        DomainEventStream events =
                EventStreamUtils.upcastAndDeserializeDomainEvents(rows, serializer, NoOpEventUpcaster.INSTANCE);
        RecordView<D> view = null;
        while (events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            if (event.getSequenceNumber() == 0 && view != null) {
                views.add(view);
                view = null;
            }
            view = type.fold(
                    RecordKey.parse(event.getAggregateIdentifier()),
                    view,
                    EventMetaData.recorded(
                            type.eventType().cast(event.getPayload()), event.getSequenceNumber(), event.getMetaData()));
        }
        if (view != null) {
            views.add(view);
        }
        return views;
    }
}

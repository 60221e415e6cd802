package dev.unlost.versioning.command;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.time.Instant;
import java.time.OffsetDateTime;
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
        return lastAt(key, time).map(Moment::version);
    }

    @Override
    public Optional<Long> versionOf(RecordKey key, Instant updatedAt) {
        return lastAt(key, updatedAt)
                .filter(moment -> moment.time().equals(updatedAt))
                .map(Moment::version);
    }

    private record Moment(long version, Instant time) {}

    /**
     * Versions have no gaps and their times rise, so halving finds one of 10 000 in 14 steps along the index. Joins in
     * place of the inner queries would leave the planner the choice to read all versions at every step. Of a version that
     * is no longer kept there is no time; it lies before all that is.
     */
    private Optional<Moment> lastAt(RecordKey key, Instant time) {
        String factory = Origin.ofWorkInProgress().orElseThrow().factoryId();
        OffsetDateTime at = time.atOffset(ZoneOffset.UTC);
        List<Moment> found = jdbc.query(
                """
                with recursive search (low, high) as (
                  select 0::bigint, max(sequence_number) + 1 from unlost.event
                  where factory_id = ? and aggregate_type = ? and aggregate_id = ?
                  union all
                  select case when time_stamp > ? then low else middle end,
                    case when time_stamp > ? then middle - 1 else high end
                  from (
                    select low, high, middle, (
                      select time_stamp from unlost.event
                      where factory_id = ? and aggregate_type = ? and aggregate_id = ? and sequence_number = middle - 1)
                      as time_stamp
                    from (select low, high, (low + high + 1) / 2 as middle from search where low < high) half
                    offset 0) probe)
                select low, time_stamp from (
                  select low, (
                    select time_stamp from unlost.event
                    where factory_id = ? and aggregate_type = ? and aggregate_id = ? and sequence_number = low - 1)
                    as time_stamp
                  from search where low = high and low > 0) found
                where time_stamp is not null""",
                (row, n) -> new Moment(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                factory,
                key.type(),
                key.id(),
                at,
                at,
                factory,
                key.type(),
                key.id(),
                factory,
                key.type(),
                key.id());
        return found.stream().findFirst();
    }

    @Override
    public <D, E extends RecordEvent> List<Recorded<E>> newestFirst(
            RecordType<D, E> type, RecordKey key, long fromVersion, long toVersion, int limit) {
        List<GenericDomainEventEntry<String>> rows = jdbc.query(
                """
                select aggregate_type, aggregate_id, sequence_number, event_id, time_stamp, payload_type,
                  payload_revision, payload, metadata
                from unlost.event
                where factory_id = ? and aggregate_type = ? and aggregate_id = ? and sequence_number between ? and ?
                order by sequence_number desc limit ?""",
                (row, n) -> PostgresEventStorageEngine.event(row, 1),
                Origin.ofWorkInProgress().orElseThrow().factoryId(),
                key.type(),
                key.id(),
                fromVersion - 1,
                toVersion - 1,
                limit);
        return EventStreamUtils.upcastAndDeserializeDomainEvents(rows.stream(), serializer, NoOpEventUpcaster.INSTANCE)
                .asStream()
                .map(event -> recorded(type, event))
                .toList();
    }

    private static <E extends RecordEvent> Recorded<E> recorded(RecordType<?, E> type, DomainEventMessage<?> event) {
        return EventMetaData.recorded(
                type.eventType().cast(event.getPayload()), event.getSequenceNumber(), event.getMetaData());
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
            view = type.fold(RecordKey.parse(event.getAggregateIdentifier()), view, recorded(type, event));
        }
        if (view != null) {
            views.add(view);
        }
        return views;
    }
}

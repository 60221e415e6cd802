package dev.unlost.customer.query;

import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The least log over the event table that the read model can be tested against: no snapshots, no upcasters. */
final class EventTableLog implements RecordLog {

    private final JdbcTemplate app;
    private final JdbcTemplate maintenance;
    private final JsonMapper json = new JsonMapper();

    EventTableLog(DataSource app, DataSource maintenance) {
        this.app = new JdbcTemplate(app);
        this.maintenance = new JdbcTemplate(maintenance);
    }

    void append(DomainEventMessage<?> message) {
        RecordKey key = RecordKey.parse(message.getAggregateIdentifier());
        app.update(
                """
                insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id,
                  time_stamp, payload_type, payload, metadata) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)""",
                Origin.of(message.getMetaData()).factoryId(),
                key.type(),
                key.id(),
                message.getSequenceNumber(),
                UUID.randomUUID(),
                EventMetaData.at(message.getMetaData()).atOffset(ZoneOffset.UTC),
                message.getPayloadType().getName(),
                json.writeValueAsString(message.getPayload()),
                json.writeValueAsString(message.getMetaData()));
    }

    @Override
    public <D, E extends RecordEvent> Optional<RecordView<D>> current(RecordType<D, E> type, RecordKey key) {
        RecordView<D> view = null;
        for (Recorded<E> recorded : history(type, key, 1, Integer.MAX_VALUE)) {
            view = type.fold(key, view, recorded);
        }
        return Optional.ofNullable(view);
    }

    @Override
    public <D, E extends RecordEvent> List<Recorded<E>> history(
            RecordType<D, E> type, RecordKey key, long fromVersion, int limit) {
        return app.query(
                """
                select * from unlost.event
                where factory_id = ? and aggregate_type = ? and aggregate_id = ? and sequence_number >= ?
                order by sequence_number limit ?""",
                (row, number) -> recorded(type, row),
                Origin.ofWorkInProgress().orElseThrow().factoryId(),
                key.type(),
                key.id(),
                fromVersion - 1,
                limit);
    }

    @Override
    public <D, E extends RecordEvent> List<RecordView<D>> latest(
            RecordType<D, E> type, @Nullable Place after, int limit) {
        List<RecordView<D>> views = new ArrayList<>();
        maintenance.query(
                """
                select * from unlost.event where aggregate_type = ? and (factory_id, aggregate_id) in (
                  select factory_id, aggregate_id from unlost.event
                  where aggregate_type = ? and sequence_number = 0 and (factory_id, aggregate_id) > (?, ?)
                  order by factory_id, aggregate_id limit ?)
                order by factory_id, aggregate_id, sequence_number""",
                row -> {
                    RecordKey key = type.key(row.getString("aggregate_id"));
                    Recorded<E> recorded = recorded(type, row);
                    RecordView<D> before = recorded.version() == 1 ? null : views.removeLast();
                    views.add(type.fold(key, before, recorded));
                },
                type.name(),
                type.name(),
                after == null ? "" : after.factoryId(),
                after == null ? "" : after.id(),
                limit);
        return views;
    }

    private <E extends RecordEvent> Recorded<E> recorded(RecordType<?, E> type, ResultSet row) throws SQLException {
        try {
            Class<? extends E> event =
                    Class.forName(row.getString("payload_type")).asSubclass(type.eventType());
            Map<String, ?> metaData = json.readerForMapOf(Object.class).readValue(row.getString("metadata"));
            return EventMetaData.recorded(
                    json.readValue(row.getString("payload"), event), row.getLong("sequence_number"), metaData);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <D, E extends RecordEvent> Optional<RecordView<D>> at(RecordType<D, E> type, RecordKey key, long version) {
        RecordView<D> view = null;
        for (Recorded<E> recorded :
                newestFirst(type, key, version + 1, Integer.MAX_VALUE).reversed()) {
            view = type.fold(key, view, recorded);
        }
        return Optional.ofNullable(view).filter(found -> found.version() == version);
    }

    @Override
    public <D, E extends RecordEvent> List<Recorded<E>> newestFirst(
            RecordType<D, E> type, RecordKey key, long beforeVersion, int limit) {
        return history(type, key, 1, Integer.MAX_VALUE).reversed().stream()
                .filter(recorded -> recorded.version() < beforeVersion)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Long> versionAt(RecordKey key, Instant time) {
        return newestFirst(CustomerType.INSTANCE, key, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .filter(recorded -> !recorded.at().isAfter(time))
                .findFirst()
                .map(Recorded::version);
    }

    @Override
    public Optional<Long> versionOf(RecordKey key, Instant updatedAt) {
        throw new UnsupportedOperationException();
    }
}

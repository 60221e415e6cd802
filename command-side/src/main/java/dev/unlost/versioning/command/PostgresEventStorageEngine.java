package dev.unlost.versioning.command;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Axon's event storage on {@code unlost.event}.
 *
 * <p>Histories are read and events appended on the connection of the current transaction, as the factory of the work in
 * progress: in every statement, and by row-level security again. With each event the read model is written, in the same
 * transaction. Streams are read across factories as the maintenance
 * role, in commit order: by {@code (xid, global_index)}, below the oldest transaction that is still running. Nothing can
 * appear behind such a place, whatever the clocks of the nodes say and however long a transaction took, which an order by
 * index or by time cannot promise.
 *
 * <p>Snapshots are not kept here; see {@link Snapshots}.
 */
public final class PostgresEventStorageEngine extends BatchingEventStorageEngine {

    private static final String VERSION_ONCE = "event_version_once";

    private static final String INTO = """
            insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp,
              payload_type, payload_revision, payload, metadata)
            """;

    private static final String VALUES = "?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb";

    private static final String INSERT = INTO + "values (" + VALUES + ")";

    private static final String INSERT_IF_WRITTEN = INTO + "select " + VALUES + " from written";

    private static final String COLUMNS = """
            aggregate_type, aggregate_id, sequence_number, event_id, time_stamp, payload_type, payload_revision, payload,
              metadata""";

    private static final String HISTORY = "select " + COLUMNS + """
             from unlost.event
            where factory_id = ? and aggregate_type = ? and aggregate_id = ? and sequence_number >= ?
            order by sequence_number limit ?""";

    private static final String LAST = """
            select max(sequence_number) from unlost.event
            where factory_id = ? and aggregate_type = ? and aggregate_id = ?""";

    // where it orders, a bare xid would be the text in the list of columns, of which 1000 comes before 999
    private static final String STREAM = "select xid::text, global_index, " + COLUMNS + """
             from unlost.event
            where (xid, global_index) > (?::xid8, ?) and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by event.xid, event.global_index limit ?""";

    private static final String HEAD = """
            select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text, 9223372036854775807""";

    private static final String BEFORE_TIME = """
            select xid::text, global_index - 1 from unlost.event
            where time_stamp >= ? and xid < pg_snapshot_xmin(pg_current_snapshot())
            order by event.xid, event.global_index limit 1""";

    private final DataSource dataSource;
    private final DataSource maintenance;
    private final ReadModel readModel;

    /**
     * @param dataSource of the transactions that append
     * @param maintenance connects as the role that sees all factories
     * @param readModel written with every event
     * @param batchSize how many events are read at a time
     */
    public PostgresEventStorageEngine(
            DataSource dataSource, DataSource maintenance, ReadModel readModel, Serializer serializer, int batchSize) {
        super(
                new Builder() {}.eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .batchSize(batchSize));
        this.dataSource = dataSource;
        this.maintenance = maintenance;
        this.readModel = readModel;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty() || (events.size() == 1 && appendedInOneCall(events.getFirst(), serializer))) {
            return;
        }
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (EventMessage<?> event : events) {
                    EventRow.of((DomainEventMessage<?>) event, serializer).bind(statement, 1);
                    if (events.size() > 1) {
                        statement.addBatch();
                    }
                }
                if (events.size() > 1) {
                    statement.executeBatch();
                } else {
                    statement.executeUpdate();
                }
                return events.size();
            }
        });
        events.forEach(event -> readModel.write((DomainEventMessage<?>) event));
    }

    /**
     * Appends the event and writes its row as a whole transaction in one round trip, which is what most commands come to.
     *
     * @return not where the transaction has done something before, or has more to do, where the row is not at the version
     *     before, or where PostgreSQL refuses it; nothing is done then
     */
    private boolean appendedInOneCall(EventMessage<?> message, Serializer serializer) {
        if (LoadedRecord.moreToDo(CurrentUnitOfWork.get())) {
            return false;
        }
        DomainEventMessage<?> event = (DomainEventMessage<?>) message;
        return inTransaction(connection -> {
            if (!connection.isWrapperFor(OneCall.class)) {
                return false;
            }
            List<ReadModel.Statement> model = readModel.statements(event);
            ReadModel.Statement row = model.getFirst();
            List<ReadModel.Statement> following = model.subList(1, model.size());
            StringBuilder statements =
                    new StringBuilder("with written as (").append(row.sql()).append(" returning 1)");
            if (following.isEmpty()) {
                statements.append(' ').append(INSERT_IF_WRITTEN);
            } else {
                // without the row nobody else is kept from writing what follows from it: it has to fail
                statements
                        .append(", appended as (")
                        .append(INSERT_IF_WRITTEN)
                        .append(" returning 1) select 1 / count(*) from appended");
                following.forEach(each -> statements.append("; ").append(each.sql()));
            }
            EventRow eventRow = EventRow.of(event, serializer);
            OneCall.Parameters parameters = (statement, first) -> {
                int next = eventRow.bind(statement, row.bind(statement, first));
                for (ReadModel.Statement each : following) {
                    next = each.bind(statement, next);
                }
                return next;
            };
            return connection
                    .unwrap(OneCall.class)
                    .execute(statements.toString(), event.getAggregateIdentifier(), parameters);
        });
    }

    /** An event as it is stored. */
    private record EventRow(
            String factoryId,
            RecordKey key,
            long sequenceNumber,
            UUID eventId,
            OffsetDateTime timeStamp,
            SerializedObject<String> payload,
            String metaData) {

        static EventRow of(DomainEventMessage<?> event, Serializer serializer) {
            return new EventRow(
                    Origin.of(event.getMetaData()).factoryId(),
                    RecordKey.parse(event.getAggregateIdentifier()),
                    event.getSequenceNumber(),
                    UUID.fromString(event.getIdentifier()),
                    EventMetaData.at(event.getMetaData()).atOffset(ZoneOffset.UTC),
                    event.serializePayload(serializer, String.class),
                    event.serializeMetaData(serializer, String.class).getData());
        }

        int bind(PreparedStatement statement, int first) throws SQLException {
            int index = first;
            statement.setString(index++, factoryId);
            statement.setString(index++, key.type());
            statement.setString(index++, key.id());
            statement.setLong(index++, sequenceNumber);
            statement.setObject(index++, eventId);
            statement.setObject(index++, timeStamp);
            statement.setString(index++, payload.getType().getName());
            statement.setString(index++, payload.getType().getRevision());
            statement.setObject(index++, payload.getData(), Types.VARCHAR);
            statement.setObject(index++, metaData, Types.VARCHAR);
            return index;
        }
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(
            String aggregateIdentifier, long firstSequenceNumber, int batchSize) {
        RecordKey key = RecordKey.parse(aggregateIdentifier);
        return inTransaction(connection -> {
            boolean last = LoadedRecord.isAboutToRefuse() && connection.isWrapperFor(OneCall.class);
            try (PreparedStatement statement = last
                    ? connection.unwrap(OneCall.class).prepareLast(HISTORY)
                    : connection.prepareStatement(HISTORY)) {
                bindRecord(statement, key);
                statement.setLong(4, firstSequenceNumber);
                statement.setInt(5, batchSize);
                try (ResultSet rows = statement.executeQuery()) {
                    List<DomainEventData<?>> events = new ArrayList<>();
                    while (rows.next()) {
                        events.add(event(rows, 1));
                    }
                    return events;
                }
            }
        });
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        RecordKey key = RecordKey.parse(aggregateIdentifier);
        return inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LAST)) {
                bindRecord(statement, key);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    long last = rows.getLong(1);
                    return rows.wasNull() ? Optional.empty() : Optional.of(last);
                }
            }
        });
    }

    private static void bindRecord(PreparedStatement statement, RecordKey key) throws SQLException {
        statement.setString(1, Origin.ofWorkInProgress().orElseThrow().factoryId());
        statement.setString(2, key.type());
        statement.setString(3, key.id());
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken last, int batchSize) {
        CommitOrderToken after = last == null ? CommitOrderToken.BEGINNING : (CommitOrderToken) last;
        return asMaintenance(STREAM, statement -> {
            statement.setString(1, Long.toUnsignedString(after.transaction()));
            statement.setLong(2, after.index());
            statement.setInt(3, batchSize);
            try (ResultSet rows = statement.executeQuery()) {
                List<TrackedEventData<?>> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(new TrackedDomainEventData<>(token(rows), event(rows, 3)));
                }
                return events;
            }
        });
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return asMaintenance(HEAD, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return token(rows);
            }
        });
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return asMaintenance(BEFORE_TIME, statement -> {
                    statement.setObject(1, time.atOffset(ZoneOffset.UTC));
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? Optional.<TrackingToken>of(token(rows)) : Optional.<TrackingToken>empty();
                    }
                })
                .orElseGet(this::createHeadToken);
    }

    private static CommitOrderToken token(ResultSet rows) throws SQLException {
        return new CommitOrderToken(Long.parseUnsignedLong(rows.getString(1)), rows.getLong(2));
    }

    /** Reads {@link #COLUMNS} from that column on. */
    static GenericDomainEventEntry<String> event(ResultSet rows, int first) throws SQLException {
        String type = rows.getString(first);
        return new GenericDomainEventEntry<>(
                type,
                new RecordKey(type, rows.getString(first + 1)).toString(),
                rows.getLong(first + 2),
                rows.getString(first + 3),
                // as text: anything else is cut to milliseconds on its way
                rows.getObject(first + 4, OffsetDateTime.class).toInstant().toString(),
                rows.getString(first + 5),
                rows.getString(first + 6),
                rows.getString(first + 7),
                rows.getString(first + 8));
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        throw new UnsupportedOperationException("records keep snapshots of their own");
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return Stream.empty();
    }

    private <T> T inTransaction(Sql<Connection, T> sql) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return sql.run(connection);
        } catch (SQLException e) {
            throw refusal(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private <T> T asMaintenance(String query, Sql<PreparedStatement, T> sql) {
        try (Connection connection = maintenance.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            return sql.run(statement);
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /**
     * The driver's message holds the statement with its values, which belong in no log: only the state, which tells a
     * database that is out of reach from a fault, and the constraint's name go on.
     */
    private static RuntimeException refusal(SQLException e) {
        String constraint = null;
        if (e instanceof PSQLException postgres) {
            ServerErrorMessage message = postgres.getServerErrorMessage();
            constraint = message == null ? null : message.getConstraint();
        } else if (e.getNextException() != null) {
            return refusal(e.getNextException());
        }
        return VERSION_ONCE.equals(constraint)
                ? new ConcurrencyException("another writer appended this version")
                : new EventStoreException(
                        "event store: SQL state " + e.getSQLState() + (constraint == null ? "" : " at " + constraint),
                        new SQLException("left out", e.getSQLState()));
    }

    @FunctionalInterface
    private interface Sql<S, T> {
        T run(S source) throws SQLException;
    }
}

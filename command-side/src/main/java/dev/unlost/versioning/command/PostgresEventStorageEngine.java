package dev.unlost.versioning.command;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.AppendedEvent;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

    /** Of events of one factory, in the order of the arrays. */
    private static final String INSERT = """
            insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp,
              payload_type, payload_revision, payload, metadata)
            select ?, e.type, e.id, e.sequence_number, e.event_id::uuid, e.at::timestamptz, e.payload_type,
              e.payload_revision, e.payload::jsonb, e.metadata::jsonb
            from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              as e (type, id, sequence_number, event_id, at, payload_type, payload_revision, payload, metadata)""";

    /** A division by zero. */
    private static final String WRONG_NUMBER = "22012";

    /** Of states after which nobody knows whether a transaction was committed. */
    private static final List<String> LOST = List.of("08", "57P");

    /** More at one time would each have fewer events, at as many commits. */
    private static final int GROUPS_AT_WORK = 2;

    private static final int MOST_IN_A_GROUP = 64;

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
    private final GroupCommit<Lane, Append, Sent> groups = new GroupCommit<>(GROUPS_AT_WORK, MOST_IN_A_GROUP);

    /** Records that are written by the same statements, for the same factory. */
    private record Lane(String factoryId, String type) {}

    /** An event as it is stored. */
    private record Append(
            DomainEventMessage<?> event,
            RecordKey key,
            @Nullable RecordView<?> after,
            SerializedObject<String> payload,
            SerializedObject<String> metaData) {

        Lane lane() {
            return new Lane(Origin.of(event.getMetaData()).factoryId(), key.type());
        }

        AppendedEvent appended() {
            return new AppendedEvent((RecordEvent) event.getPayload(), requireNonNull(after));
        }
    }

    /**
     * What came of a group's transaction.
     *
     * @param events how many there were in it
     * @param failure null where it was committed
     */
    private record Sent(int events, @Nullable SQLException failure) {}

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
        List<Append> appends = events.stream()
                .map(event -> append((DomainEventMessage<?>) event, serializer))
                .toList();
        if (appends.isEmpty() || (appends.size() == 1 && appendedInOneCall(appends.getFirst()))) {
            return;
        }
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                bind(statement, 1, appends);
                return statement.executeUpdate();
            }
        });
        appends.forEach(append -> readModel.write(append.event(), append.after()));
    }

    private static Append append(DomainEventMessage<?> event, Serializer serializer) {
        RecordKey key = RecordKey.parse(event.getAggregateIdentifier());
        return new Append(
                event,
                key,
                LoadedRecord.viewOf(key, event.getSequenceNumber() + 1),
                event.serializePayload(serializer, String.class),
                event.serializeMetaData(serializer, String.class));
    }

    /**
     * Appends the event and writes its row as a whole transaction in one round trip, which is what most commands come to.
     * Those of a factory that come at the same time share one: most of what a transaction costs, it costs but once.
     *
     * @return not where the transaction has done something before, or has more to do, or where the row is not at the
     *     version before; nothing is done then
     */
    private boolean appendedInOneCall(Append append) {
        if (append.after() == null || LoadedRecord.moreToDo(CurrentUnitOfWork.get())) {
            return false;
        }
        return inTransaction(connection -> {
            if (!connection.isWrapperFor(OneCall.class)) {
                return false;
            }
            OneCall call = connection.unwrap(OneCall.class);
            if (!call.isUnused()) {
                return false;
            }
            Sent sent = groups.commit(append.lane(), append, this::send);
            if (sent.failure() != null && sent.events() > 1 && isTakenBack(sent.failure())) {
                // whoever's fault it was
                sent = send(List.of(append));
            }
            if (sent.failure() == null) {
                call.carriedOutElsewhere();
                return true;
            }
            if (WRONG_NUMBER.equals(sent.failure().getSQLState())) {
                return false;
            }
            throw sent.failure();
        });
    }

    /** Carries out a transaction that appends these events, of one lane, on the connection of this thread. */
    private Sent send(List<Append> group) {
        // in one order on every node, so that no two of them wait for each other
        List<Append> appends = group.size() == 1
                ? group
                : group.stream()
                        .sorted(Comparator.comparing(append -> append.key().id()))
                        .toList();
        List<ReadModel.Statement> rows =
                readModel.statements(appends.stream().map(Append::appended).toList());
        StringBuilder statements = new StringBuilder(INSERT);
        for (ReadModel.Statement each : rows) {
            // where a row is not as it should be it fails, and takes the events back: nobody is there to look at the
            // number
            statements
                    .append("; ")
                    .append(each.sql())
                    .append(each.rows() == null ? "" : " select 1 / (count(*) = ?)::int from written where expected");
        }
        try {
            return onConnection(connection -> {
                connection.unwrap(OneCall.class).execute(statements.toString(), (statement, first) -> {
                    int next = bind(statement, first, appends);
                    for (ReadModel.Statement each : rows) {
                        next = each.bind(statement, next);
                        if (each.rows() != null) {
                            statement.setInt(next++, each.rows());
                        }
                    }
                });
                return new Sent(appends.size(), null);
            });
        } catch (SQLException e) {
            return new Sent(appends.size(), e);
        }
    }

    /** Whether PostgreSQL has said that nothing of it remains. */
    private static boolean isTakenBack(SQLException e) {
        String state = e.getSQLState();
        return state != null && LOST.stream().noneMatch(state::startsWith);
    }

    private static int bind(PreparedStatement statement, int first, List<Append> appends) throws SQLException {
        int index = first;
        statement.setString(index++, appends.getFirst().lane().factoryId());
        index = texts(statement, index, appends, append -> append.key().type());
        index = texts(statement, index, appends, append -> append.key().id());
        statement.setArray(
                index++,
                statement
                        .getConnection()
                        .createArrayOf(
                                "bigint",
                                appends.stream()
                                        .map(append -> append.event().getSequenceNumber())
                                        .toArray(Long[]::new)));
        index = texts(statement, index, appends, append -> append.event().getIdentifier());
        index = texts(
                statement,
                index,
                appends,
                append -> EventMetaData.at(append.event().getMetaData()).toString());
        index = texts(
                statement, index, appends, append -> append.payload().getType().getName());
        index = texts(
                statement, index, appends, append -> append.payload().getType().getRevision());
        index = texts(statement, index, appends, append -> append.payload().getData());
        return texts(statement, index, appends, append -> append.metaData().getData());
    }

    private static int texts(
            PreparedStatement statement, int index, List<Append> appends, Function<Append, @Nullable String> text)
            throws SQLException {
        statement.setArray(
                index,
                statement
                        .getConnection()
                        .createArrayOf("text", appends.stream().map(text).toArray(String[]::new)));
        return index + 1;
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
        try {
            return onConnection(sql);
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** On the connection of this thread's transaction. */
    private <T> T onConnection(Sql<Connection, T> sql) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return sql.run(connection);
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

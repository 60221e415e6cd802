package dev.unlost.feed.query;

import dev.unlost.support.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database, and what writes to its log the way the service does: as its role, one factory at a time. */
final class LogDatabase implements AutoCloseable {

    private static final String CREATED = "dev.unlost.customer.CustomerEvent$CustomerCreated";
    private static final String UPDATED = "dev.unlost.customer.CustomerEvent$CustomerUpdated";

    private final Database database = new Database();

    DataSource maintenance() {
        return database.maintenance();
    }

    JdbcTemplate asSuperuser() {
        return as("postgres");
    }

    JdbcTemplate as(String role) {
        return database.as(role);
    }

    /** Appends the next version of a customer, in a transaction of its own. */
    void append(String factory, String id, long version) {
        try (Writer writer = begin(factory)) {
            writer.append(id, version);
            writer.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Writer begin(String factory) throws SQLException {
        return new Writer(database.app().getConnection(), factory);
    }

    /** A transaction of a factory. */
    static final class Writer implements AutoCloseable {

        private static final String COLUMNS = "factory_id, aggregate_type, aggregate_id, sequence_number, event_id,"
                + " time_stamp, payload_type, payload_revision, payload, metadata";

        private final Connection connection;
        private final String factory;

        private Writer(Connection connection, String factory) throws SQLException {
            this.connection = connection;
            this.factory = factory;
            connection.setAutoCommit(false);
            execute("select set_config('unlost.factory', '" + factory + "', true)");
        }

        void execute(String sql) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        }

        void append(String id, long version) throws SQLException {
            append(id, version, Instant.now(), null);
        }

        /** @param index the global index; null for the next one */
        void append(String id, long version, Instant at, @Nullable Long index) throws SQLException {
            boolean first = version == 1;
            String payload = first
                    ? "{\"details\":{\"name\":\"" + id + "\",\"tags\":[]}}"
                    : "{\"changed\":{\"phone\":{\"from\":\"" + (version - 1) + "\",\"to\":\"" + version + "\"}}}";
            append(id, version, at, index, first ? CREATED : UPDATED, payload);
        }

        void append(String id, long version, Instant at, @Nullable Long index, String payloadType, String payload)
                throws SQLException {
            String sql = "insert into unlost.event (" + COLUMNS + (index == null ? ")" : ", global_index)")
                    + (index == null ? "" : " overriding system value")
                    + " values (?, 'customer', ?, ?, gen_random_uuid(), ?, ?, '1', ?::jsonb, ?::jsonb"
                    + (index == null ? ")" : ", ?)");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, factory);
                statement.setString(2, id);
                statement.setLong(3, version - 1);
                statement.setObject(4, at.atOffset(ZoneOffset.UTC));
                statement.setString(5, payloadType);
                statement.setString(6, payload);
                statement.setString(7, "{\"factory\":\"" + factory + "\",\"actor\":\"u-1\"}");
                if (index != null) {
                    statement.setLong(8, index);
                }
                statement.executeUpdate();
            }
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}

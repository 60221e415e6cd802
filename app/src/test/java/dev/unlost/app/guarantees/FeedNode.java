package dev.unlost.app.guarantees;

import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A node of its own for tests of the feed, with low limits and a clock that is 61 seconds behind, and what writes to its
 * log by hand.
 */
final class FeedNode {

    static final int STREAMS_PER_FACTORY = 3;

    private FeedNode() {}

    static TestDatabase database() {
        return Database.INSTANCE;
    }

    static TestNode node() {
        return Node.INSTANCE;
    }

    private static final class Database {
        static final TestDatabase INSTANCE = TestDatabase.create("feed");
    }

    private static final class Node {
        static final TestNode INSTANCE = TestNode.inProcess(
                database(),
                "unlost.clock.offset=-61s",
                "unlost.feed.max-streams-per-factory=" + STREAMS_PER_FACTORY,
                "unlost.feed.queue-size=64",
                "unlost.feed.write-timeout=2s");
    }

    /** A transaction that appends events as the service's role does, and commits when it is told to. */
    static final class Writer implements AutoCloseable {
        private final Connection connection;

        Writer(String factory) throws SQLException {
            connection = database().connectAsApp();
            connection.setAutoCommit(false);
            // it is held open on purpose, and on a slow machine for longer than the service's own may be
            execute("set local idle_in_transaction_session_timeout = 0");
            try (PreparedStatement statement =
                    connection.prepareStatement("select set_config('unlost.factory', ?, true)")) {
                statement.setString(1, factory);
                statement.execute();
            }
        }

        void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** Appends, for each of some ids, what created that record. */
        void copyCreation(String of, String ids) throws SQLException {
            copy(of, ids, 0, 0);
        }

        /** Appends one more version of a record, as an earlier one. */
        void copyVersion(String of, long earlier, long version) throws SQLException {
            copy(of, "values ('" + of + "')", earlier - 1, version - 1);
        }

        private void copy(String of, String ids, long from, long to) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id,
                      time_stamp, payload_type, payload_revision, payload, metadata)
                    select e.factory_id, e.aggregate_type, ids.id, ?, gen_random_uuid(), now(), e.payload_type,
                      e.payload_revision, e.payload, e.metadata
                     from unlost.event e, (%s) as ids (id)
                    where e.aggregate_id = ? and e.sequence_number = ?""".formatted(ids))) {
                statement.setLong(1, to);
                statement.setString(2, of);
                statement.setLong(3, from);
                statement.executeUpdate();
            }
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}

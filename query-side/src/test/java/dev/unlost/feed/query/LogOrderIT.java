package dev.unlost.feed.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.feed.query.LogDatabase.Writer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The ways in which readers of a log lose events or see them the wrong way round, and that this one does not. Each is
 * shown on a reader, or a table, that lacks what prevents it as well.
 */
class LogOrderIT {

    private static final String WITHOUT_HORIZON = mutant(LogReader.ALL, "xid < ?::xid8", "?::xid8 is not null");

    private static final String BY_INDEX = mutant(
            mutant(LogReader.ALL, "(xid, global_index) > (?::xid8, ?)", "?::xid8 is not null and global_index > ?"),
            "order by event.xid, event.global_index",
            "order by event.global_index");

    private static final String BY_TEXT =
            mutant(LogReader.ALL, "order by event.xid, event.global_index", "order by xid, global_index");

    private final LogDatabase database = new LogDatabase();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEventThatCommitsLateIsNotLost() throws SQLException {
        assertThat(slowCommit(LogReader.ALL)).containsExactlyInAnyOrder("slow 1", "fast 1", "last 1");
        assertThat(slowCommit(WITHOUT_HORIZON)).doesNotContain("slow 1");
    }

    @Test
    void anEventWhoseIndexWasHandedOutLongAgoIsNotLost() throws SQLException {
        assertThat(indexBlocks(LogReader.ALL)).containsExactly("a 1", "b 1", "a 2");
        assertThat(indexBlocks(BY_INDEX)).containsExactly("a 1");
    }

    @Test
    void versionsStandInOrderEvenIfATransactionTookItsIdBeforeItLoadedTheRecord() throws SQLException {
        assertThat(earlyId()).containsExactly("a 1", "b 1", "a 2", "a 3");

        database.as("unlost_owner").execute("""
                alter table unlost.event disable trigger keep_log_order;
                alter table unlost.event alter column xid set default pg_current_xact_id()""");
        database.asSuperuser().execute("truncate unlost.event");
        assertThat(earlyId()).containsExactly("a 1", "b 1", "a 3", "a 2");
    }

    @Test
    void transactionIdsAreInOrderAsNumbers() throws SQLException {
        assertThat(idsOfOneAndTwoDigits(LogReader.ALL)).containsExactly("a 1", "a 2");
        assertThat(idsOfOneAndTwoDigits(BY_TEXT)).containsExactly("a 2");
    }

    private List<String> idsOfOneAndTwoDigits(String sql) throws SQLException {
        database.asSuperuser().execute("truncate unlost.event");
        database.append("f-1", "a", 1);
        database.append("f-1", "a", 2);
        database.asSuperuser().execute("""
                update unlost.event set xid = (9 + sequence_number)::text::xid8""");
        PlainReader reader = new PlainReader(sql, 1);
        reader.read();
        reader.read();
        return reader.seen;
    }

    /** One transaction is older than another and commits after it; its node's clock is 61 seconds behind. */
    private List<String> slowCommit(String sql) throws SQLException {
        database.asSuperuser().execute("truncate unlost.event");
        PlainReader reader = new PlainReader(sql);
        try (Writer slow = database.begin("f-1")) {
            slow.append("slow", 1, Instant.now().minus(Duration.ofSeconds(61)), null);
            database.append("f-1", "fast", 1);
            reader.read();
            slow.commit();
        }
        database.append("f-1", "last", 1);
        reader.read();
        return reader.seen;
    }

    /** Two nodes take indexes from blocks of their own, so that they do not rise with time. */
    private List<String> indexBlocks(String sql) throws SQLException {
        database.asSuperuser().execute("grant insert (global_index) on unlost.event to unlost_app");
        database.asSuperuser().execute("truncate unlost.event");
        PlainReader reader = new PlainReader(sql);
        try (Writer writer = database.begin("f-1")) {
            writer.append("a", 1, Instant.now(), 51L);
            writer.commit();
        }
        reader.read();
        try (Writer writer = database.begin("f-1")) {
            writer.append("b", 1, Instant.now(), 1L);
            writer.commit();
        }
        try (Writer writer = database.begin("f-1")) {
            writer.append("a", 2, Instant.now(), 2L);
            writer.commit();
        }
        reader.read();
        return reader.seen;
    }

    /** The transaction of version 3 has its id before that of version 2 begins. */
    private List<String> earlyId() throws SQLException {
        PlainReader reader = new PlainReader(LogReader.ALL);
        database.append("f-1", "a", 1);
        try (Writer early = database.begin("f-1")) {
            early.execute("select pg_current_xact_id()");
            database.append("f-1", "a", 2);
            reader.read();
            early.append("b", 1);
            early.append("a", 3);
            early.commit();
        }
        reader.read();
        return reader.seen;
    }

    private static String mutant(String sql, String part, String instead) {
        assertThat(sql).contains(part);
        return sql.replace(part, instead);
    }

    /** Reads on from the last event that it has seen. */
    private final class PlainReader {
        private final String sql;
        private final int limit;
        private Position after = Position.BEGINNING;
        final List<String> seen = new ArrayList<>();

        PlainReader(String sql) {
            this(sql, 100);
        }

        PlainReader(String sql, int limit) {
            this.sql = sql;
            this.limit = limit;
        }

        void read() throws SQLException {
            try (Connection connection = database.maintenance().getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                Horizon horizon = LogReader.horizon(connection);
                statement.setString(1, Long.toUnsignedString(after.transaction()));
                statement.setLong(2, after.index());
                statement.setString(3, Long.toUnsignedString(horizon.oldestRunning()));
                statement.setInt(4, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        seen.add(rows.getString("aggregate_id") + " " + (rows.getLong("sequence_number") + 1));
                        after = new Position(Long.parseUnsignedLong(rows.getString(1)), rows.getLong(2));
                    }
                }
            }
        }
    }
}

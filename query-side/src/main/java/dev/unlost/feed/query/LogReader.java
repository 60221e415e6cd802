package dev.unlost.feed.query;

import dev.unlost.feed.FeedFilter;
import dev.unlost.versioning.RecordKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code unlost.event} as the maintenance role, without loss.
 *
 * <p>Events are read by {@code (xid, global_index)} and only below the oldest transaction that is still running. An
 * event's {@code xid} is never below that of the transaction which appended it, so behind a place that was read nothing
 * can appear: not from a transaction that was slow to commit, not with an index that was handed out long ago, and
 * whatever the clocks say. Reading by index, or by time, can promise none of this.
 *
 * <p>Where a statement orders, {@code event.xid} is the column; a bare {@code xid} would be the text among the columns
 * that are selected, of which 1000 comes before 999.
 *
 * <p>Every statement is a transaction of its own. The horizon is read first: the rows' statement sees at least as much.
 */
final class LogReader {

    private static final String HORIZON =
            "select pg_snapshot_xmin(s)::text, pg_snapshot_xmax(s)::text from pg_current_snapshot() s";

    private static final String ROWS = """
            select xid::text, global_index, factory_id, aggregate_type, aggregate_id, sequence_number, time_stamp,
              payload_type, payload_revision, payload, metadata
             from unlost.event""";

    /** All factories' events after a place and below a horizon, at most so many. */
    static final String ALL = ROWS + """

            where (xid, global_index) > (?::xid8, ?) and xid < ?::xid8
            order by event.xid, event.global_index limit ?""";

    /** One factory's; another statement for each kind of filter, so that each has the best plan. */
    static final String OF_FACTORY = ROWS + """

            where factory_id = ?%s and (xid, global_index) > (?::xid8, ?) and xid < ?::xid8
            order by event.xid, event.global_index limit ?""";

    /**
     * The epoch in the table is new when somebody says so; the system's identifier when the database was copied to
     * another cluster; the timeline when it went back to an earlier time or its standby took over.
     */
    private static final String STATE = """
            select e.epoch || ' ' || c.system_identifier || ' ' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
              e.cursor_key, e.kept_after_xid::text, e.kept_after_index, pg_snapshot_xmin(s)::text,
              pg_snapshot_xmax(s)::text
             from unlost.log_epoch e, pg_control_system() c, pg_current_snapshot() s""";

    private static final String WAITING = """
            select count(*) from
              (select from unlost.event where (xid, global_index) > (?::xid8, ?) limit ?) waiting""";

    private LogReader() {}

    static Horizon horizon(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HORIZON);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Horizon(transaction(row, 1), transaction(row, 2));
        }
    }

    static LogState state(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATE);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("unlost.log_epoch has no row", "02000");
            }
            return new LogState(
                    new Horizon(transaction(row, 5), transaction(row, 6)),
                    new CursorSeal(row.getString(1), row.getBytes(2)),
                    new Position(transaction(row, 3), row.getLong(4)));
        }
    }

    static List<LoggedEvent> all(Connection connection, Position after, Horizon horizon, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            return rows(statement, 1, after, horizon, limit);
        }
    }

    static List<LoggedEvent> ofFactory(
            Connection connection, String factoryId, FeedFilter filter, Position after, Horizon horizon, int limit)
            throws SQLException {
        String conditions = (filter.type() == null ? "" : " and aggregate_type = ?")
                + (filter.id() == null ? "" : " and aggregate_id = ?");
        try (PreparedStatement statement = connection.prepareStatement(OF_FACTORY.formatted(conditions))) {
            int parameter = 1;
            statement.setString(parameter++, factoryId);
            if (filter.type() != null) {
                statement.setString(parameter++, filter.type());
            }
            if (filter.id() != null) {
                statement.setString(parameter++, filter.id());
            }
            return rows(statement, parameter, after, horizon, limit);
        }
    }

    private static List<LoggedEvent> rows(
            PreparedStatement statement, int parameter, Position after, Horizon horizon, int limit)
            throws SQLException {
        statement.setString(parameter, Long.toUnsignedString(after.transaction()));
        statement.setLong(parameter + 1, after.index());
        statement.setString(parameter + 2, Long.toUnsignedString(horizon.oldestRunning()));
        statement.setInt(parameter + 3, limit);
        try (ResultSet rows = statement.executeQuery()) {
            List<LoggedEvent> events = new ArrayList<>();
            while (rows.next()) {
                events.add(new LoggedEvent(
                        new Position(transaction(rows, 1), rows.getLong(2)),
                        rows.getString(3),
                        new RecordKey(rows.getString(4), rows.getString(5)),
                        rows.getLong(6),
                        rows.getObject(7, OffsetDateTime.class).toInstant(),
                        rows.getString(8),
                        rows.getString(9),
                        rows.getString(10),
                        rows.getString(11)));
            }
            return events;
        }
    }

    /** @return how many committed events lie after the place, counted up to a limit */
    static int waiting(Connection connection, Position after, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setString(1, Long.toUnsignedString(after.transaction()));
            statement.setLong(2, after.index());
            statement.setInt(3, limit);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static long transaction(ResultSet row, int column) throws SQLException {
        return Long.parseUnsignedLong(row.getString(column));
    }
}

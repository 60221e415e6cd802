package dev.unlost.app.startup;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Refuses a database that would lose acknowledged edits or not keep factories apart: one that does not write through to
 * disk, or roles that may do more, or less, than the service's own.
 */
class DatabaseCheck {

    /** The oldest release that the service is tested with. */
    private static final int OLDEST_MAJOR = 15;

    private static final String PREPARE = "Prepare the database as docs/operations.md says.";

    private final DataSource app;
    private final DataSource maintenance;

    DatabaseCheck(DataSource app, DataSource maintenance) {
        this.app = app;
        this.maintenance = maintenance;
    }

    /** What holds before the first migration. */
    void beforeMigration() {
        try (Connection connection = app.getConnection()) {
            version(connection);
            durability(connection);
            restricted(connection, "unlost_app");
            if (query(connection, "select pg_has_role(current_user, 'unlost_maintenance', 'member')::text")
                    .equals("true")) {
                throw refused(connection, "is a member of unlost_maintenance, which sees every factory");
            }
        } catch (SQLException e) {
            throw unreachable("spring.datasource", e);
        }
        try (Connection connection = maintenance.getConnection()) {
            restricted(connection, "unlost_maintenance");
        } catch (SQLException e) {
            throw unreachable("unlost.maintenance", e);
        }
    }

    /** What holds after the last migration. */
    void afterMigration() {
        try (Connection connection = app.getConnection()) {
            String owned = query(connection, """
                    select coalesce(min(oid::regclass::text), '') from pg_class
                    where relnamespace = to_regnamespace('unlost') and relkind in ('r', 'p', 'v', 'm')
                      and pg_has_role(current_user, relowner, 'member')
                    """);
            if (!owned.isEmpty()) {
                throw refused(connection, "owns " + owned + ", so that row-level security does not bind it");
            }
        } catch (SQLException e) {
            throw unreachable("spring.datasource", e);
        }
    }

    private static void version(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_MAJOR) {
            throw new StartupRefused(
                    "The database is PostgreSQL %d.".formatted(major),
                    "Use PostgreSQL %d or later.".formatted(OLDEST_MAJOR));
        }
    }

    /**
     * Every setting of {@code synchronous_commit} but off waits until the commit is on this server's disk; what it says
     * of standbys is the operator's to decide.
     */
    private static void durability(Connection connection) throws SQLException {
        for (String setting : new String[] {"fsync", "synchronous_commit"}) {
            if (query(connection, "show " + setting).equals("off")) {
                throw new StartupRefused(
                        "The database runs with %s off, so that a crash can lose edits that were acknowledged."
                                .formatted(setting),
                        "Set %s to on, for the server and for the role of the service.".formatted(setting));
            }
        }
    }

    private static void restricted(Connection connection, String role) throws SQLException {
        if (query(connection, "select (rolsuper or rolbypassrls)::text from pg_roles where rolname = current_user")
                .equals("true")) {
            throw refused(connection, "is a superuser or bypasses row-level security");
        }
        for (String existing : new String[] {"unlost_owner", "unlost_app", "unlost_maintenance"}) {
            if (query(connection, "select (to_regrole('" + existing + "') is null)::text")
                    .equals("true")) {
                throw new StartupRefused("The database has no role " + existing + ".", PREPARE);
            }
        }
        if (!query(connection, "select pg_has_role(current_user, '" + role + "', 'usage')::text")
                .equals("true")) {
            throw refused(connection, "is neither " + role + " nor a member of it");
        }
    }

    private static StartupRefused refused(Connection connection, String what) throws SQLException {
        return new StartupRefused(
                "The database role %s %s.".formatted(query(connection, "select current_user"), what), PREPARE);
    }

    private static StartupRefused unreachable(String properties, SQLException e) {
        return new StartupRefused(
                "The database cannot be used as %s.* say: %s".formatted(properties, e.getMessage()),
                "Check the URL, the user and the password, and that the database was prepared (docs/operations.md).",
                e);
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return requireNonNull(rows.getString(1), sql);
        }
    }
}

package dev.unlost.benchmarks.machine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The PostgreSQL that all contenders share: the build that the service brings along, started as the service starts it. It
 * writes through to disk, which is checked.
 */
public final class Postgres implements Closeable {

    private static final String ADMIN = "postgres";

    private final EmbeddedPostgres server;
    private final Path data;
    private final Path prepare;

    /**
     * @param directory an empty one for its data
     * @param prepare what operators run to prepare a database for the service
     */
    public Postgres(Path directory, Path prepare) throws IOException, SQLException {
        this.data = directory.resolve("data");
        this.prepare = prepare;
        this.server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("timezone", "UTC")
                .start();
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            if (!queryText(ADMIN, "show " + setting).equals("on")) {
                throw new IllegalStateException(setting + " is not on");
            }
        }
    }

    public int port() {
        return server.getPort();
    }

    public String version() throws SQLException {
        return queryText(ADMIN, "show server_version");
    }

    /** Creates a database that belongs to the administrator. */
    public void create(String database) throws SQLException {
        execute(ADMIN, "create database " + database);
    }

    /** Creates a database as the service needs it. */
    public void createPrepared(String database) throws SQLException, IOException {
        create(database);
        execute(database, Files.readString(prepare));
    }

    boolean lacks(String database) throws SQLException {
        return queryNumber(ADMIN, "select count(*) from pg_database where datname = '" + database + "'") == 0;
    }

    /** @return JDBC URL without a user */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** @return a superuser's connection, the caller's to close */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), ADMIN, "");
    }

    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public long queryNumber(String database, String sql) throws SQLException {
        return Long.parseLong(queryText(database, sql));
    }

    /**
     * Counts after a checkpoint.
     *
     * @return bytes of each table and each index of the schema by its name, with everything else that belongs to a table
     */
    public Map<String, Long> bytes(String database, String schema) throws SQLException {
        execute(database, "checkpoint");
        Map<String, Long> bytes = new TreeMap<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select relname, case relkind when 'i' then"
                        + " pg_relation_size(oid) else pg_table_size(oid) end from pg_class"
                        + " where relkind in ('r', 'i', 'm') and relnamespace = '" + schema + "'::regnamespace")) {
            while (rows.next()) {
                bytes.put(rows.getString(1), rows.getLong(2));
            }
        }
        return bytes;
    }

    /** @return milliseconds of processor time of all its processes together */
    public long cpuMillis() {
        return CpuTime.millisWithChildren(pid());
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL has ended", e);
        }
    }

    private String queryText(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package dev.unlost.app.embedded;

import dev.unlost.app.startup.StartupRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server with a directory of its own, shared by all nodes that are given that directory.
 *
 * <p>It is a process of its own and outlives a node that is killed; the next node joins it. A node that closes stops it,
 * unless anybody else is connected. It writes through to disk like any other: an edit that was acknowledged survives
 * whatever happens to the node, and to the machine.
 *
 * <p>Within the directory: {@code data}, the cluster; {@code passwords}; {@code postgres.log}; {@code lock}, held while
 * a node starts, joins, leaves or stops the server.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private static final String HOST = "127.0.0.1";
    private static final String ADMIN = "postgres";
    private static final String DATABASE = "unlost";
    private static final String LEAVING = "unlost leaving";

    /** Recovery after a crash included. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** Given on the command line, which wins over every file. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on",
            "listen_addresses", HOST,
            "unix_socket_directories", "",
            "max_connections", "200",
            "timezone", "UTC");

    private final Path directory;
    private final Path data;
    private final Installation installation;
    private final Passwords passwords;
    private final int port;

    /** What this node's connections call themselves. */
    private final String node = "unlost " + UUID.randomUUID();

    /** Shows other nodes that this one is there, also while its pools are not. */
    private final Connection presence;

    private EmbeddedPostgres(EmbeddedProperties properties, Path directory) throws IOException, SQLException {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.installation = Installation.in(properties.binaries());
        this.passwords = Passwords.in(directory.resolve("passwords"));
        if (Files.notExists(data)) {
            initialise();
        }
        Optional<Postmaster> running = Postmaster.of(data);
        Optional<Connection> joined = running.isPresent() ? join(running.get()) : Optional.empty();
        if (joined.isPresent()) {
            this.port = running.orElseThrow().port();
            this.presence = joined.get();
            LOG.info("Joined the PostgreSQL of {} on port {}", directory, port);
        } else {
            this.port = properties.port();
            this.presence = start();
            LOG.info("Started PostgreSQL in {} on port {}", directory, port);
        }
        boolean prepared = false;
        try {
            prepare();
            prepared = true;
        } finally {
            if (!prepared) {
                presence.close();
            }
        }
    }

    /**
     * Starts the server, or joins the one that runs already.
     *
     * @throws StartupRefused if the server cannot be had
     */
    public static EmbeddedPostgres start(EmbeddedProperties properties) {
        try {
            Path directory = OwnerOnly.directory(properties.directory());
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                return new EmbeddedPostgres(properties, directory);
            } finally {
                lock.close();
            }
        } catch (IOException | SQLException e) {
            throw new StartupRefused(
                    "The embedded PostgreSQL in %s cannot be used: %s"
                            .formatted(properties.directory(), e.getMessage()),
                    "See postgres.log there; or set unlost.embedded.enabled=false and spring.datasource.*"
                            + " to use another PostgreSQL.",
                    e);
        }
    }

    /** @return the service's database */
    public PreparedDatabase database() {
        return new PreparedDatabase(url(DATABASE), passwords);
    }

    /** @return the port on the loopback interface that the server really has */
    public int port() {
        return port;
    }

    /** @return a superuser's connection, the caller's to close */
    public Connection connectAsAdmin(String database) throws SQLException {
        return connect(url(database), passwords.admin());
    }

    String url(String database) {
        return url(port, database) + "?ApplicationName=" + node.replace(" ", "%20");
    }

    /** Leaves the server, and stops it if nobody else is connected. */
    @Override
    public void close() {
        try {
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                leave();
            } finally {
                lock.close();
            }
        } catch (SQLException | IOException e) {
            LOG.warn("The PostgreSQL of {} was left as it is: {}", directory, e.getMessage());
        }
    }

    private void leave() throws SQLException, IOException {
        boolean last = !othersAreConnected();
        presence.close();
        if (last) {
            stop();
            LOG.info("Stopped the PostgreSQL of {}", directory);
        } else {
            LOG.info("Left the PostgreSQL of {} running for others", directory);
        }
    }

    /** Made beside its place and moved there: a cluster that was half made is never taken for one. */
    private void initialise() throws IOException {
        Path work = Files.createTempDirectory(directory, "initdb");
        Path password = OwnerOnly.temporary(directory.resolve("admin"), passwords.admin());
        try {
            installation.run(
                    "initdb",
                    List.of(
                            "--pgdata=" + work,
                            "--username=" + ADMIN,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8"));
        } finally {
            Files.delete(password);
        }
        Files.move(work, data);
    }

    /** @return a connection to the running server, or empty where it had to be stopped */
    private Optional<Connection> join(Postmaster running) throws IOException, SQLException {
        Connection admin = null;
        try {
            admin = connectWhenUp(running);
            Optional<String> unsafe = unsafeSetting(admin);
            if (unsafe.isEmpty()) {
                return Optional.of(admin);
            }
            LOG.warn("The PostgreSQL of {} runs with {}; restarting it", directory, unsafe.get());
            admin.close();
        } catch (SQLException e) {
            LOG.warn("The PostgreSQL of {} does not answer; restarting it: {}", directory, e.getMessage());
            if (admin != null) {
                admin.close();
            }
        }
        stop();
        return Optional.empty();
    }

    /** A server that was left behind may still be starting, or recovering. */
    private Connection connectWhenUp(Postmaster running) throws SQLException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                return connectOwn(running.port());
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || !running.process().isAlive()) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private Connection start() throws IOException, SQLException {
        requireFreePort();
        // A live process that is not our server cannot be its owner, but would keep PostgreSQL from starting.
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        String options = SETTINGS.entrySet().stream()
                .map(setting -> "-c %s='%s'".formatted(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
        installation.run(
                "pg_ctl",
                List.of(
                        "start",
                        "--pgdata=" + data,
                        "--log=" + directory.resolve("postgres.log"),
                        "--options=" + options,
                        "--wait",
                        "--timeout=" + START_TIMEOUT.toSeconds()));
        Connection admin = connectOwn(port);
        Optional<String> unsafe = unsafeSetting(admin);
        if (unsafe.isPresent()) {
            admin.close();
            throw new IOException("it runs with " + unsafe.get());
        }
        return admin;
    }

    private void stop() throws IOException {
        if (Postmaster.of(data).isPresent()) {
            installation.run("pg_ctl", List.of("stop", "--pgdata=" + data, "--mode=fast", "--wait"));
        }
    }

    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            throw new StartupRefused(
                    "Port %d on %s, which the embedded PostgreSQL is to have, is taken by %s."
                            .formatted(port, HOST, whoAnswers()),
                    "Stop that, or choose another port with unlost.embedded.port.",
                    e);
        }
    }

    private String whoAnswers() {
        try (Connection connection = connect(url(port, "postgres"), passwords.admin())) {
            return "another PostgreSQL, with its data in " + setting(connection, "data_directory");
        } catch (SQLException e) {
            // Class 08 is about the connection itself; any other state is a PostgreSQL's own answer.
            boolean answered = e.getSQLState() != null && !e.getSQLState().startsWith("08");
            return answered ? "another PostgreSQL (" + e.getMessage() + ")" : "another program";
        }
    }

    /** @throws SQLException also if it is another server that answers */
    private Connection connectOwn(int port) throws SQLException {
        Connection admin =
                connect(url(port, "postgres") + "?ApplicationName=" + node.replace(" ", "%20"), passwords.admin());
        try {
            String served = setting(admin, "data_directory");
            if (Files.isSameFile(Path.of(served), data)) {
                return admin;
            }
            throw new SQLException("on port %d is the server of %s, not of %s".formatted(port, served, data));
        } catch (IOException | SQLException e) {
            admin.close();
            throw e instanceof SQLException sql ? sql : new SQLException(e);
        }
    }

    private static Optional<String> unsafeSetting(Connection admin) throws SQLException {
        for (String name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            String value = setting(admin, name);
            if (!value.equals("on")) {
                return Optional.of(name + "=" + value);
            }
        }
        return Optional.empty();
    }

    private boolean othersAreConnected() throws SQLException {
        try (PreparedStatement leave = presence.prepareStatement("select set_config('application_name', ?, false)")) {
            leave.setString(1, LEAVING);
            leave.executeQuery().close();
        }
        try (PreparedStatement others = presence.prepareStatement("""
                select exists (
                  select from pg_stat_activity
                  where backend_type = 'client backend' and application_name not in (?, ?))
                """)) {
            others.setString(1, node);
            others.setString(2, LEAVING);
            try (ResultSet rows = others.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private void prepare() throws SQLException {
        try (Statement statement = presence.createStatement()) {
            boolean exists;
            try (ResultSet rows =
                    statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
                exists = rows.next();
            }
            if (!exists) {
                statement.execute("create database " + DATABASE);
            }
        }
        try (Connection admin = connectAsAdmin(DATABASE)) {
            PreparedDatabase.prepare(admin, passwords);
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
    }

    private static Connection connect(String url, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", ADMIN);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        return DriverManager.getConnection(url, properties);
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select current_setting(?)")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}

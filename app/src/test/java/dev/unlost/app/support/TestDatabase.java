package dev.unlost.app.support;

import dev.unlost.app.embedded.EmbeddedPostgres;
import dev.unlost.app.embedded.EmbeddedProperties;
import dev.unlost.app.embedded.Passwords;
import dev.unlost.app.embedded.PreparedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database of a real PostgreSQL, prepared as operators prepare it and still without tables. There is one server for all
 * tests of a process: a container where Docker answers, the embedded one otherwise.
 */
public final class TestDatabase {

    private final String name;
    private final PreparedDatabase prepared;

    private TestDatabase(String name, PreparedDatabase prepared) {
        this.name = name;
        this.prepared = prepared;
    }

    /** @return a fresh database; the name is for readers and need not be unique */
    public static TestDatabase create(String name) {
        String database = name.toLowerCase(Locale.ROOT) + "_"
                + UUID.randomUUID().toString().substring(0, 8);
        Server server = Server.INSTANCE;
        try {
            try (Connection admin = server.connect("postgres");
                    Statement statement = admin.createStatement()) {
                statement.execute("create database \"" + database + "\"");
            }
            synchronized (server) {
                try (Connection admin = server.connect(database)) {
                    PreparedDatabase.prepare(admin, server.passwords);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database " + database, e);
        }
        return new TestDatabase(database, new PreparedDatabase(server.url(database), server.passwords));
    }

    /** @return how the service is told of this database */
    public PreparedDatabase prepared() {
        return prepared;
    }

    /** @return a superuser's connection, which row-level security does not bind; the caller's to close */
    public Connection connectAsAdmin() throws SQLException {
        return Server.INSTANCE.connect(name);
    }

    /** @return statements as a superuser, each on a connection of its own */
    public JdbcClient asAdmin() {
        return JdbcClient.create(Server.INSTANCE.source(name));
    }

    /** @return a connection as the service's own role; the caller's to close */
    public Connection connectAsApp() throws SQLException {
        return DriverManager.getConnection(
                prepared.url(), "unlost_app", prepared.passwords().app());
    }

    /** @return a connection as the role that sees every factory; the caller's to close */
    public Connection connectAsMaintenance() throws SQLException {
        return DriverManager.getConnection(
                prepared.url(), "unlost_maintenance", prepared.passwords().maintenance());
    }

    /** @return a connection as the role that owns the tables; the caller's to close */
    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(
                prepared.url(), "unlost_owner", prepared.passwords().owner());
    }

    /** The server that all databases of this process are on. */
    private static final class Server {

        static final Server INSTANCE = DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();

        private final String host;
        private final String admin;
        private final Passwords passwords;

        private Server(String host, String admin, Passwords passwords) {
            this.host = host;
            this.admin = admin;
            this.passwords = passwords;
        }

        String url(String database) {
            return "jdbc:postgresql://%s/%s".formatted(host, database);
        }

        Connection connect(String database) throws SQLException {
            return source(database).getConnection();
        }

        DataSource source(String database) {
            return new DriverManagerDataSource(url(database), admin, passwords.admin());
        }

        @SuppressWarnings("resource") // Testcontainers removes it after the process
        private static Server container() {
            Passwords passwords = Passwords.generate();
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine")
                    .withUsername("postgres")
                    .withPassword(passwords.admin())
                    .withCommand("postgres", "-c", "max_connections=300");
            container.start();
            return new Server(
                    container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    "postgres",
                    passwords);
        }

        @SuppressWarnings("resource") // closed at the end of the process
        private static Server embedded() {
            try {
                Path directory = Files.createTempDirectory("unlost-test");
                int port;
                try (ServerSocket socket = new ServerSocket(0)) {
                    port = socket.getLocalPort();
                }
                EmbeddedPostgres postgres = EmbeddedPostgres.start(new EmbeddedProperties(true, directory, port, null));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.close();
                    FileSystemUtils.deleteRecursively(directory.toFile());
                }));
                return new Server(
                        "127.0.0.1:" + postgres.port(),
                        "postgres",
                        postgres.database().passwords());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

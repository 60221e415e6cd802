package dev.unlost.versioning.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database with the roles and tables of the service, on a PostgreSQL that the test's JVM runs. */
public final class TestDatabase implements AutoCloseable {

    private static final List<Path> MIGRATIONS = List.of(
            Path.of("../command-side/src/main/resources/db/migration"), Path.of("src/main/resources/db/migration"));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final HikariDataSource app;
    private final HikariDataSource maintenance;

    public TestDatabase() {
        JdbcTemplate server = new JdbcTemplate(Server.RUNNING.getPostgresDatabase());
        this.name = "unlost" + NUMBER.incrementAndGet();
        server.execute("create database " + name + " owner unlost_owner");
        JdbcTemplate owner = asOwner();
        owner.execute("create schema unlost");
        migrate(owner);
        this.app = pool("unlost_app");
        this.maintenance = pool("unlost_maintenance");
    }

    public HikariDataSource app() {
        return app;
    }

    public HikariDataSource maintenance() {
        return maintenance;
    }

    public JdbcTemplate asOwner() {
        return new JdbcTemplate(new DriverManagerDataSource(url("unlost_owner")));
    }

    private HikariDataSource pool(String role) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(role));
        config.setMaximumPoolSize(8);
        return new HikariDataSource(config);
    }

    private String url(String role) {
        return Server.RUNNING.getJdbcUrl(role, name);
    }

    private static void migrate(JdbcTemplate owner) {
        for (Path directory : MIGRATIONS) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    owner.execute(Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        app.close();
        maintenance.close();
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                JdbcTemplate jdbc = new JdbcTemplate(server.getPostgresDatabase());
                jdbc.execute("create role unlost_owner login");
                jdbc.execute("create role unlost_app login");
                jdbc.execute("create role unlost_maintenance login");
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

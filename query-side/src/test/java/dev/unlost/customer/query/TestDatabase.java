package dev.unlost.customer.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database with the roles and tables of the service, on a PostgreSQL that the test's JVM runs. */
final class TestDatabase implements AutoCloseable {

    private static final Path LOG = Path.of("../command-side/src/main/resources/db/migration/V1__log.sql");
    private static final Path CUSTOMER = Path.of("src/main/resources/db/migration/V4__customer.sql");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final HikariDataSource app;
    private final HikariDataSource maintenance;

    TestDatabase() {
        JdbcTemplate server = new JdbcTemplate(Server.RUNNING.getPostgresDatabase());
        this.name = "unlost" + NUMBER.incrementAndGet();
        server.execute("create database " + name + " owner unlost_owner");
        JdbcTemplate owner = asOwner();
        owner.execute("create schema unlost");
        run(owner, LOG);
        run(owner, CUSTOMER);
        this.app = pool("unlost_app");
        this.maintenance = pool("unlost_maintenance");
    }

    HikariDataSource app() {
        return app;
    }

    HikariDataSource maintenance() {
        return maintenance;
    }

    JdbcTemplate asOwner() {
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

    private static void run(JdbcTemplate jdbc, Path migration) {
        try {
            jdbc.execute(Files.readString(migration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

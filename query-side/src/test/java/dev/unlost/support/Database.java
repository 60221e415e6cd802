package dev.unlost.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A new database with the service's roles and tables, on the one PostgreSQL that the test's JVM runs. */
public final class Database implements AutoCloseable {

    private static final List<Path> MIGRATIONS = List.of(
            Path.of("../command-side/src/main/resources/db/migration"), Path.of("src/main/resources/db/migration"));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "unlost" + NUMBER.incrementAndGet();
    private final HikariDataSource pool;
    private final DataSource app;
    private final HikariDataSource maintenance;

    public Database() {
        new JdbcTemplate(Server.RUNNING.getPostgresDatabase())
                .execute("create database " + name + " owner unlost_owner");
        JdbcTemplate owner = as("unlost_owner");
        owner.execute("create schema unlost");
        migrations().forEach(owner::execute);
        pool = pool("unlost_app");
        app = FactoryDataSource.of(pool);
        maintenance = pool("unlost_maintenance");
    }

    /** Connections for the factory of the work in progress. */
    public DataSource app() {
        return app;
    }

    public HikariDataSource maintenance() {
        return maintenance;
    }

    /** @return a new connection for every statement */
    public JdbcTemplate as(String role) {
        return new JdbcTemplate(Server.RUNNING.getDatabase(role, name));
    }

    @Override
    public void close() {
        pool.close();
        maintenance.close();
    }

    private HikariDataSource pool(String role) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Server.RUNNING.getJdbcUrl(role, name));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** Those of both sides, in the order of their numbers. */
    private static List<String> migrations() {
        List<Path> files = new ArrayList<>();
        try {
            for (Path directory : MIGRATIONS) {
                try (Stream<Path> inDirectory = Files.list(directory)) {
                    inDirectory.forEach(files::add);
                }
            }
            files.sort(Comparator.comparingInt(Database::number));
            List<String> migrations = new ArrayList<>();
            for (Path file : files) {
                migrations.add(Files.readString(file));
            }
            return migrations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path migration) {
        String file = migration.getFileName().toString();
        return Integer.parseInt(file.substring("V".length(), file.indexOf("__")));
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start();
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

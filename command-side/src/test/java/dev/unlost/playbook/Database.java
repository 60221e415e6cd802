package dev.unlost.playbook;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;

/**
 * A PostgreSQL with the service's migrations, and beside it a team that has nothing to do with the service but shares
 * the database: {@code team_owner} owns the tables of schema {@code team}, {@code team_app} writes
 * them, {@code team_stranger} sees the schemas and no table.
 */
public final class Database {

    private static final EmbeddedPostgres POSTGRES = start();

    private Database() {}

    /** @return connections of that role, without a pool */
    public static DataSource dataSource(String role) {
        return POSTGRES.getDatabase(role, "postgres");
    }

    static Session session(String role) {
        return Session.open(dataSource(role));
    }

    /** Leaves the team with an empty schema. */
    static void clean() {
        try (Session admin = session("postgres")) {
            admin.execute("drop schema if exists team cascade");
            admin.execute("create schema team authorization team_owner");
            admin.execute("grant usage on schema team to team_app, team_stranger");
            admin.execute(
                    "alter default privileges for role team_owner in schema team grant all on tables to team_app");
        }
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            try (Session admin = Session.open(postgres.getPostgresDatabase())) {
                for (String role : List.of(
                        "unlost_owner",
                        "unlost_app",
                        "unlost_maintenance",
                        "team_owner",
                        "team_app",
                        "team_stranger")) {
                    admin.execute("create role " + role + " login");
                }
                admin.execute("create schema unlost authorization unlost_owner");
                admin.execute("grant usage on schema unlost to team_owner, team_stranger");
            }
            try (Session owner = Session.open(postgres.getDatabase("unlost_owner", "postgres"))) {
                owner.execute(migration("V1__log"));
                owner.execute(migration("V2__playbook"));
                owner.execute(migration("V3__people"));
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String migration(String name) throws IOException {
        try (InputStream sql = Database.class.getResourceAsStream("/db/migration/" + name + ".sql")) {
            if (sql == null) {
                throw new IllegalStateException("no migration " + name);
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

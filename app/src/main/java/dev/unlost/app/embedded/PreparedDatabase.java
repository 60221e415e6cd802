package dev.unlost.app.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A database with the roles and the schema that the service needs, and how to tell the service of it. The SQL that
 * prepares it is the file that docs/operations.md has operators run.
 *
 * @param url JDBC URL without user or password
 */
public record PreparedDatabase(String url, Passwords passwords) {

    /** What the service is told, by the names of its settings. */
    static final Map<String, Function<PreparedDatabase, String>> SETTINGS = Map.of(
            "spring.datasource.url", PreparedDatabase::url,
            "spring.datasource.username", database -> "unlost_app",
            "spring.datasource.password", database -> database.passwords().app(),
            "spring.flyway.user", database -> "unlost_owner",
            "spring.flyway.password", database -> database.passwords().owner(),
            "unlost.maintenance.username", database -> "unlost_maintenance",
            "unlost.maintenance.password", database -> database.passwords().maintenance());

    private static final String SCRIPT = "/db/prepare.sql";

    /**
     * Creates what is missing and sets the passwords. Not to be called twice at once: PostgreSQL refuses concurrent
     * changes of a role.
     *
     * @param admin a superuser's connection to the database to prepare
     */
    public static void prepare(Connection admin, Passwords passwords) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(script());
            statement.execute("alter role unlost_owner password '" + passwords.owner() + "'");
            statement.execute("alter role unlost_app password '" + passwords.app() + "'");
            statement.execute("alter role unlost_maintenance password '" + passwords.maintenance() + "'");
        }
    }

    /** @return the settings with which the service uses this database */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        SETTINGS.forEach((name, value) -> properties.put(name, value.apply(this)));
        return properties;
    }

    private static String script() {
        try (InputStream in = PreparedDatabase.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException(SCRIPT + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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

/**
 * A database with the roles and the schema that the service needs, and how to tell the service of it. The SQL that
 * prepares it is the file that docs/operations.md has operators run.
 *
 * @param url JDBC URL without user or password
 */
public record PreparedDatabase(String url, Passwords passwords) {

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
        properties.put("spring.datasource.url", url);
        properties.put("spring.datasource.username", "unlost_app");
        properties.put("spring.datasource.password", passwords.app());
        properties.put("spring.flyway.user", "unlost_owner");
        properties.put("spring.flyway.password", passwords.owner());
        properties.put("unlost.maintenance.username", "unlost_maintenance");
        properties.put("unlost.maintenance.password", passwords.maintenance());
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

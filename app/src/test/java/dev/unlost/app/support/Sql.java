package dev.unlost.app.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a query finds, on a connection that stays open. */
public final class Sql {

    private Sql() {}

    /** @return the first column of every row */
    public static List<String> strings(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** @return the first column of the first row */
    public static long number(Connection connection, String query) throws SQLException {
        return Long.parseLong(strings(connection, query).getFirst());
    }
}

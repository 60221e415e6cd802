package dev.unlost.playbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Somebody's connection to the database. */
record Session(Connection connection) implements AutoCloseable {

    static Session open(DataSource database) {
        try {
            return new Session(database.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements whose results do not matter. */
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** @return how many rows were changed */
    int update(String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** @return the rows as text, columns separated by {@code |} */
    List<String> rows(String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet result = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** @return the only row */
    String row(String sql, Object... arguments) {
        List<String> rows = rows(sql, arguments);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row, found " + rows);
        }
        return rows.getFirst();
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The database refused. */
    @SuppressWarnings("serial") // never serialised
    static final class Refused extends RuntimeException {

        private final String state;

        Refused(SQLException cause) {
            super(cause.getMessage(), cause);
            state = cause.getSQLState();
        }

        /** @return the SQL state, five characters */
        String state() {
            return state;
        }
    }
}

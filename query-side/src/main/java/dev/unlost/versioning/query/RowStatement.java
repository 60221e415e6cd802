package dev.unlost.versioning.query;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A statement of the read model's together with what goes into its place holders. */
public record RowStatement(String sql, Parameters parameters) {

    /**
     * @param first the index of the first place holder, from 1
     * @return the index after the last
     */
    public int bind(PreparedStatement statement, int first) throws SQLException {
        return parameters.bind(statement, first);
    }

    /** Binds a statement's parameters. */
    @FunctionalInterface
    interface Parameters {
        int bind(PreparedStatement statement, int first) throws SQLException;
    }
}

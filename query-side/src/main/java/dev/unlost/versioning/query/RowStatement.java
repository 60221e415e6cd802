package dev.unlost.versioning.query;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the read model's together with what goes into its place holders.
 *
 * @param rows how many rows it writes where it finds what it expects. Then it is only the beginning of a statement, {@code
 *     with written as (…)}, whose rows say in {@code expected} whether that was so. Null where it is a statement by itself
 */
public record RowStatement(
        String sql, Parameters parameters, @Nullable Integer rows) {

    static RowStatement withoutAnswer(String sql, Parameters parameters) {
        return new RowStatement(sql, parameters, null);
    }

    /**
     * @param first the index of the first place holder, from 1
     * @return the index after the last
     */
    public int bind(PreparedStatement statement, int first) throws SQLException {
        return parameters.bind(statement, first);
    }

    /** Binds a statement's parameters. */
    @FunctionalInterface
    public interface Parameters {
        int bind(PreparedStatement statement, int first) throws SQLException;
    }
}

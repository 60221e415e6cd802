package dev.unlost.versioning.command;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A connection that can carry out a whole transaction in one round trip: its beginning, its statements and its end. It is
 * found by {@link java.sql.Connection#unwrap}; a connection that cannot is one without it.
 */
public interface OneCall {

    /** @return whether the transaction in progress has done nothing yet */
    boolean isUnused() throws SQLException;

    /**
     * Carries out the statements as all that the transaction in progress does, of which {@link #isUnused} holds, and which
     * needs nothing that was not known before. PostgreSQL commits where the last of them ends, and takes all back where one
     * fails. The connection then refuses further statements with {@link IllegalStateException} until it is told to commit
     * or roll back.
     *
     * @param statements separated by semicolons
     */
    void execute(String statements, Parameters parameters) throws SQLException;

    /** Says that another connection has carried out all that the transaction in progress was there for. */
    void carriedOutElsewhere();

    /**
     * Prepares a query with which the transaction in progress has done all it is there for: where it is the first, it ends
     * in the same round trip. Whatever comes after it is a transaction of its own.
     */
    PreparedStatement prepareLast(String query) throws SQLException;

    /** What goes into the place holders. */
    @FunctionalInterface
    interface Parameters {

        /** @param first the index of the first place holder, from 1 */
        void bind(PreparedStatement statement, int first) throws SQLException;
    }
}

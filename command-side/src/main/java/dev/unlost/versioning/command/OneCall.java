package dev.unlost.versioning.command;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A connection that can carry out a whole transaction in one round trip: its beginning, its statements and its end. It is
 * found by {@link java.sql.Connection#unwrap}; a connection that cannot is one without it.
 */
public interface OneCall {

    /**
     * Carries out the statements as all that the transaction in progress does. PostgreSQL commits where the last of them
     * ends, and takes all back where one fails. The same statements of others of the factory may be carried out in the same
     * transaction.
     *
     * @param statements separated by semicolons; where they change no row, and none is a query, there was nothing to be done
     * @param record whose they are: those that share a transaction are carried out in the order of their records, so that no
     *     two such transactions wait for each other in circles
     * @param parameters may be asked for by another thread, and more than once
     * @return whether they were carried out; the connection refuses further statements then with
     *     {@link IllegalStateException} until it is told to commit or roll back. Nothing has been done otherwise, and the
     *     transaction can go on: where it has done something before, where there was nothing to be done, and where PostgreSQL
     *     refused these statements, or others that they were to be carried out with, or would have had them wait for a lock
     * @throws SQLException if nobody knows what became of them
     */
    boolean execute(String statements, String record, Parameters parameters) throws SQLException;

    /**
     * Prepares a query with which the transaction in progress has done all it is there for: where it is the first, it ends
     * in the same round trip. Whatever comes after it is a transaction of its own.
     */
    PreparedStatement prepareLast(String query) throws SQLException;

    /** What goes into the place holders. */
    @FunctionalInterface
    interface Parameters {

        /**
         * @param first the index of the first place holder, from 1
         * @return the index after the last
         */
        int bind(PreparedStatement statement, int first) throws SQLException;
    }
}

package dev.unlost.app.config;

import dev.unlost.versioning.command.OneCall;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * Transactions that are known as a whole before they are sent. Those of the same factory and of the same statements that
 * come at the same time are carried out as one. Where PostgreSQL refuses that, or would have them wait for a lock, nothing is
 * done, and each has to see for itself.
 */
final class WholeTransactions {

    /** Four in one cost PostgreSQL half of what they cost by themselves, and more of them save hardly more. */
    private static final int MOST_TOGETHER = 4;

    /** Much longer than a transaction takes: its connection may be lost. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(1);

    private final GroupCommit<Kind, Transaction, Outcome> groups = new GroupCommit<>(MOST_TOGETHER, LONG_WAIT);

    /**
     * What one writer wants to be done.
     *
     * @param record whose row and events are written
     */
    record Transaction(String factory, String statements, String record, OneCall.Parameters parameters) {}

    /** Sends transactions of one factory and the same statements as one. */
    @FunctionalInterface
    interface Sender {

        /** @return those of which nothing was done, as their statements changed no row */
        Set<Transaction> send(List<Transaction> transactions) throws SQLException;
    }

    private record Kind(String factory, String statements) {}

    private sealed interface Outcome {

        /** @param withoutEffect those of which nothing was done */
        record Done(Set<Transaction> withoutEffect) implements Outcome {}

        /** Nothing of it is left. */
        record TakenBack() implements Outcome {}

        record Failed(SQLException failure, boolean ofSeveral) implements Outcome {

            SQLException forOneOfThem() {
                // an exception tells of one thread only
                return ofSeveral
                        ? new SQLException("sent together with others", failure.getSQLState(), failure)
                        : failure;
            }
        }
    }

    /**
     * Carries it out, by itself or together with others, on this connection or on another's.
     *
     * @return not where its statements changed no row, or PostgreSQL refused it or one of those that it was together with;
     *     nothing was done then
     * @throws SQLException if nobody knows what became of it
     */
    boolean carryOut(Transaction transaction, Connection connection, Sender sender) throws SQLException {
        Kind kind = new Kind(transaction.factory(), transaction.statements());
        return switch (groups.commit(kind, transaction, together -> attempt(together, connection, sender))) {
            case Outcome.Done done -> !done.withoutEffect().contains(transaction);
            case Outcome.TakenBack takenBack -> false;
            case Outcome.Failed failed -> throw failed.forOneOfThem();
        };
    }

    private static Outcome attempt(List<Transaction> together, Connection connection, Sender sender) {
        boolean several = together.size() > 1;
        // so that two of them, at two nodes, do not wait for each other in circles
        List<Transaction> inOrder = together.stream()
                .sorted(Comparator.comparing(Transaction::record))
                .toList();
        try {
            return new Outcome.Done(sender.send(inOrder));
        } catch (SQLException e) {
            return isRefusal(e) && isOpen(connection) ? new Outcome.TakenBack() : new Outcome.Failed(e, several);
        }
    }

    /** Whether PostgreSQL said so. What the driver says may have come after the commit. */
    private static boolean isRefusal(SQLException e) {
        return e instanceof PSQLException said && said.getServerErrorMessage() != null;
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }
}

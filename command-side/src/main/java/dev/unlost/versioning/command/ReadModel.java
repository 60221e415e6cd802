package dev.unlost.versioning.command;

import dev.unlost.versioning.AppendedEvent;
import dev.unlost.versioning.RecordView;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** What is kept beside the log: each event is written onto it in the transaction that appends the event. */
public interface ReadModel {

    /**
     * @param appended events of one factory and of records of one type, at most one of a record
     * @return what writes the events, where it finds each record at the version before
     */
    List<Statement> statements(List<AppendedEvent> appended);

    /**
     * Writes the event whatever it finds, in the transaction in progress.
     *
     * @param after the record as the event leaves it; null where the log is to tell
     * @throws RuntimeException if it cannot be written, so that the event is not appended either
     */
    void write(DomainEventMessage<?> event, @Nullable RecordView<?> after);

    /** A statement together with what goes into its place holders. */
    interface Statement {

        String sql();

        /**
         * @return how many rows it writes where it finds what it expects. Then it is only the beginning of a statement,
         *     {@code with written as (…)}, whose rows say in {@code expected} whether that was so. Null where it is a
         *     statement by itself
         */
        @Nullable
        Integer rows();

        /**
         * @param first the index of the first place holder, from 1
         * @return the index after the last
         */
        int bind(PreparedStatement statement, int first) throws SQLException;
    }
}

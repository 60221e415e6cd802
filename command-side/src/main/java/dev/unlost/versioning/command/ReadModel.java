package dev.unlost.versioning.command;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/** What is kept beside the log: each event is written onto it in the transaction that appends the event. */
public interface ReadModel {

    /**
     * @return what writes the event, where it finds the record at the version before. The first one changes exactly one
     *     row then, and none otherwise.
     */
    List<Statement> statements(DomainEventMessage<?> event);

    /**
     * Writes the event whatever it finds, in the transaction in progress.
     *
     * @throws RuntimeException if it cannot be written, so that the event is not appended either
     */
    void write(DomainEventMessage<?> event);

    /** A statement together with what goes into its place holders. */
    interface Statement {

        String sql();

        /**
         * @param first the index of the first place holder, from 1
         * @return the index after the last
         */
        int bind(PreparedStatement statement, int first) throws SQLException;
    }
}

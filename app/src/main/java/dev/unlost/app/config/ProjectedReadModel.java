package dev.unlost.app.config;

import dev.unlost.versioning.command.ReadModel;
import dev.unlost.versioning.query.RecordProjections;
import dev.unlost.versioning.query.RowStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * The query side's projections, as the event store knows them.
 *
 * @param projections asked for at the first event, as they themselves read the log
 */
record ProjectedReadModel(Supplier<RecordProjections> projections) implements ReadModel {

    @Override
    public List<Statement> statements(DomainEventMessage<?> event) {
        return projections.get().statements(event).stream()
                .<Statement>map(Bound::new)
                .toList();
    }

    @Override
    public void write(DomainEventMessage<?> event) {
        projections.get().write(event);
    }

    private record Bound(RowStatement row) implements Statement {

        @Override
        public String sql() {
            return row.sql();
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            return row.bind(statement, first);
        }
    }
}

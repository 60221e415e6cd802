package dev.unlost.versioning.query;

import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Writes each event onto its record's row, in the transaction that appends it, so that a read is never behind an
 * acknowledged write. A row that is not at the version before the event is healed from the log on the spot; where that
 * cannot be done the write fails.
 */
@Component
public class RecordProjections {

    private final Map<String, ? extends RecordProjection<?, ?>> byType;

    /**
     * @param tables of all record types
     * @param jdbc over the data source whose transaction the events are appended in
     */
    RecordProjections(List<RecordTable<?, ?>> tables, JdbcOperations jdbc, RecordLog log) {
        byType = tables.stream()
                .map(table -> new RecordProjection<>(table, jdbc, log))
                .collect(Collectors.toUnmodifiableMap(RecordProjection::type, Function.identity()));
    }

    /**
     * @return what writes the event if the row is at the version before it: then the first statement changes one row, and
     *     none otherwise
     */
    public List<RowStatement> statements(DomainEventMessage<?> event) {
        return of(event).statements(event);
    }

    /** @throws IllegalStateException if the row cannot be brought to the event's version */
    public void write(DomainEventMessage<?> event) {
        of(event).write(event);
    }

    private RecordProjection<?, ?> of(DomainEventMessage<?> event) {
        String type = RecordKey.parse(event.getAggregateIdentifier()).type();
        RecordProjection<?, ?> projection = byType.get(type);
        if (projection == null) {
            throw new IllegalStateException("no read model of " + type);
        }
        return projection;
    }
}

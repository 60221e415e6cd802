package dev.unlost.versioning.query;

import dev.unlost.versioning.AppendedEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
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
     * @param appended events of records of one type, at most one of a record
     * @return what writes them where each row is at the version before
     */
    public List<RowStatement> statements(List<AppendedEvent> appended) {
        return of(appended.getFirst().after().key().type()).statements(appended);
    }

    /**
     * @param after the record as the event leaves it; null where the log is to tell
     * @throws IllegalStateException if the row cannot be brought to the event's version
     */
    public void write(DomainEventMessage<?> event, @Nullable RecordView<?> after) {
        of(RecordKey.parse(event.getAggregateIdentifier()).type()).write(event, after);
    }

    private RecordProjection<?, ?> of(String type) {
        RecordProjection<?, ?> projection = byType.get(type);
        if (projection == null) {
            throw new IllegalStateException("no read model of " + type);
        }
        return projection;
    }
}

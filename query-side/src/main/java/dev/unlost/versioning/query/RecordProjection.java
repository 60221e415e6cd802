package dev.unlost.versioning.query;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

/** Writes the events of one type onto their records' rows. */
final class RecordProjection<D, E extends RecordEvent> {

    private static final Logger logger = LoggerFactory.getLogger(RecordProjection.class);

    private final RecordTable<D, E> table;
    private final JdbcOperations jdbc;
    private final RecordLog log;

    /** @param jdbc over the data source whose transaction the event is appended in */
    RecordProjection(RecordTable<D, E> table, JdbcOperations jdbc, RecordLog log) {
        this.table = table;
        this.jdbc = jdbc;
        this.log = log;
    }

    String type() {
        return table.type().name();
    }

    List<RowStatement> statements(DomainEventMessage<?> message) {
        return table.statements(RecordKey.parse(message.getAggregateIdentifier()), recorded(message));
    }

    void write(DomainEventMessage<?> message) {
        RecordKey key = RecordKey.parse(message.getAggregateIdentifier());
        Recorded<E> recorded = recorded(message);
        List<RowStatement> statements = table.statements(key, recorded);
        if (execute(statements.getFirst()) == 1) {
            statements.stream().skip(1).forEach(this::execute);
        } else {
            heal(key, recorded);
        }
    }

    private int execute(RowStatement statement) {
        return jdbc.update(statement.sql(), prepared -> statement.bind(prepared, 1));
    }

    private Recorded<E> recorded(DomainEventMessage<?> message) {
        return EventMetaData.recorded(
                table.type().eventType().cast(message.getPayload()),
                message.getSequenceNumber(),
                message.getMetaData());
    }

    private void heal(RecordKey key, Recorded<E> recorded) {
        if (!table.put(jdbc, after(key, recorded))) {
            throw new IllegalStateException(
                    key + ": the row is ahead of version " + recorded.version() + ", the last of the log");
        }
        logger.warn("{}: the row was missing or behind, and has been healed from the log", key);
    }

    /** The log may end before the event or with it: whichever comes first, the append or this, the fold is the same. */
    private RecordView<D> after(RecordKey key, Recorded<E> recorded) {
        RecordType<D, E> type = table.type();
        @Nullable RecordView<D> current = log.current(type, key).orElse(null);
        return current != null && current.version() >= recorded.version() ? current : type.fold(key, current, recorded);
    }
}

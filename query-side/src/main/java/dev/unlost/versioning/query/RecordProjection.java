package dev.unlost.versioning.query;

import dev.unlost.versioning.AppendedEvent;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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

    List<RowStatement> statements(List<AppendedEvent> appended) {
        return table.statements(appended);
    }

    /** @param view the record after the event; null where that is to be found out from the log */
    void write(DomainEventMessage<?> message, @Nullable RecordView<?> view) {
        RecordKey key = RecordKey.parse(message.getAggregateIdentifier());
        Recorded<E> recorded = recorded(message);
        AppendedEvent appended = new AppendedEvent(recorded.event(), view == null ? after(key, recorded) : view);
        for (RowStatement statement : table.statements(List.of(appended))) {
            if (statement.rows() == null) {
                jdbc.update(statement.sql(), prepared -> statement.bind(prepared, 1));
            } else if (statement.rows() != writtenAsExpected(statement)) {
                heal(key, appended);
                return;
            }
        }
    }

    private long writtenAsExpected(RowStatement statement) {
        String counted = statement.sql() + " select from written where expected";
        AtomicLong rows = new AtomicLong();
        jdbc.query(counted, prepared -> statement.bind(prepared, 1), row -> {
            rows.incrementAndGet();
        });
        return rows.get();
    }

    private Recorded<E> recorded(DomainEventMessage<?> message) {
        return EventMetaData.recorded(
                table.type().eventType().cast(message.getPayload()),
                message.getSequenceNumber(),
                message.getMetaData());
    }

    @SuppressWarnings("unchecked") // the event is one of this type's
    private void heal(RecordKey key, AppendedEvent appended) {
        if (!table.putAll(jdbc, List.of((RecordView<D>) appended.after()))) {
            throw new IllegalStateException(
                    key + ": the row is ahead of version " + appended.after().version() + ", the last of the log");
        }
        logger.warn("{}: the row was missing or behind, and has been healed", key);
    }

    /** The log may end before the event or with it: whichever comes first, the append or this, the fold is the same. */
    private RecordView<D> after(RecordKey key, Recorded<E> recorded) {
        RecordType<D, E> type = table.type();
        @Nullable RecordView<D> current = log.current(type, key).orElse(null);
        return current != null && current.version() >= recorded.version() ? current : type.fold(key, current, recorded);
    }
}

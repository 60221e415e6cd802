package dev.unlost.versioning.query;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes each event onto its record's row, in the table of the record's type, in the transaction that appends it, so that a read is never behind an
 * acknowledged write. A row that is not at the version before the event is healed from the log on the spot; where that
 * cannot be done the write fails.
 *
 * <p>A subclass has the event handler, since Axon finds it by the events' type, and calls {@link #project} from it. It
 * belongs into a subscribing processor that propagates errors.
 */
public abstract class RecordProjection<D, E extends RecordEvent> {

    private static final Logger logger = LoggerFactory.getLogger(RecordProjection.class);

    private final Map<String, RecordTable<D, E>> tables;
    private final JdbcOperations jdbc;
    private final RecordLog log;

    /**
     * @param tables one for each type
     * @param jdbc over the data source whose transaction the event is appended in
     */
    protected RecordProjection(List<RecordTable<D, E>> tables, JdbcOperations jdbc, RecordLog log) {
        this.tables = tables.stream()
                .collect(Collectors.toUnmodifiableMap(table -> table.type().name(), Function.identity()));
        this.jdbc = jdbc;
        this.log = log;
    }

    /** @throws IllegalStateException if the row cannot be brought to the event's version */
    protected final void project(E event, DomainEventMessage<?> message) {
        RecordKey key = RecordKey.parse(message.getAggregateIdentifier());
        Recorded<E> recorded = EventMetaData.recorded(event, message.getSequenceNumber(), message.getMetaData());
        RecordTable<D, E> table = requireNonNull(tables.get(key.type()), key.type());
        if (!table.write(jdbc, key, recorded)) {
            heal(table, key, recorded);
        }
    }

    private void heal(RecordTable<D, E> table, RecordKey key, Recorded<E> recorded) {
        if (!table.put(jdbc, after(table.type(), key, recorded))) {
            throw new IllegalStateException(
                    key + ": the row is ahead of version " + recorded.version() + ", the last of the log");
        }
        logger.warn("{}: the row was missing or behind, and has been healed from the log", key);
    }

    /** The log may end before the event or with it: whichever comes first, the append or this, the fold is the same. */
    private RecordView<D> after(RecordType<D, E> type, RecordKey key, Recorded<E> recorded) {
        @Nullable RecordView<D> current = log.current(type, key).orElse(null);
        return current != null && current.version() >= recorded.version() ? current : type.fold(key, current, recorded);
    }
}

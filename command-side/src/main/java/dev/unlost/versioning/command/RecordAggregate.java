package dev.unlost.versioning.command;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Timestamps;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * A record as Axon's aggregate. Its state is the same immutable view that queries answer with, made by the same fold.
 *
 * <p>By the time a command handler runs, {@link GuardedRepository} has established that the command is based on the
 * record as it is: handlers decide by rules only. A deleted record reaches only commands that revive it.
 */
public abstract class RecordAggregate<D, E extends RecordEvent> {

    private final RecordType<D, E> type;
    private final RecordKey key;

    @AggregateIdentifier
    private final String identifier;

    private @Nullable RecordView<D> view;

    private boolean changed;

    /** @param view null where the record does not exist yet */
    protected RecordAggregate(RecordType<D, E> type, RecordKey key, @Nullable RecordView<D> view) {
        this.type = type;
        this.key = key;
        this.identifier = key.toString();
        this.view = view;
    }

    /**
     * The record as it is.
     *
     * @throws IllegalStateException if it does not exist
     */
    protected final RecordView<D> current() {
        if (view == null) {
            throw new IllegalStateException(identifier + " does not exist");
        }
        return view;
    }

    /** Appends the one event that this command leads to, and answers with the record as it is then. */
    protected final RecordView<D> append(E event, RecordCommand command, MetaData metaData, Clock clock) {
        Instant at = Timestamps.next(clock, view == null ? null : view.updatedAt());
        AggregateLifecycle.apply(event, MetaData.from(EventMetaData.of(Origin.of(metaData), at, command.expected())));
        return current();
    }

    @EventSourcingHandler
    void on(RecordEvent event, @SequenceNumber long sequenceNumber, MetaData metaData) {
        changed = true;
        view = type.fold(key, view, EventMetaData.recorded(type.eventType().cast(event), sequenceNumber, metaData));
    }

    /** The record as it is; null where it does not exist. */
    final @Nullable RecordView<D> view() {
        return view;
    }

    /** Whether an event was appended since the aggregate was made. */
    final boolean changed() {
        return changed;
    }
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.Action;
import dev.unlost.versioning.AppliedOver;
import dev.unlost.versioning.AppliedOver.Overwritten;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.Reason;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import dev.unlost.versioning.Refusal.RuleViolated;
import dev.unlost.versioning.Refusal.VersionConflict;
import dev.unlost.versioning.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.conflictresolution.ConflictResolver;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * A record as Axon's aggregate. Its state is the same immutable view that queries answer with, made by the same fold.
 *
 * <p>By the time a command handler runs, {@link GuardedRepository} has established that the command is based on the
 * record as it is, or asks to be merged: handlers decide by rules only. A deleted record takes only its restoration.
 */
public abstract class RecordAggregate<D, E extends RecordEvent> {

    private final RecordType<D, E> type;
    private final RecordKey key;

    @AggregateIdentifier
    private final String identifier;

    private @Nullable RecordView<D> view;

    private boolean changed;

    private Supplier<List<Recorded<E>>> passedOver = List::of;

    private boolean merging;

    private List<Recorded<E>> mergedWith = List.of();

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

    /**
     * The contents of a version of this record.
     *
     * @throws RuleViolated if it never had that version
     */
    protected final D contentsAt(long version, RecordLog log) {
        return log.at(type, key, version).map(RecordView::details).orElseThrow(() -> {
            FieldErrors errors = new FieldErrors();
            errors.add("toVersion", "unknown-version", "must be a version that the record has had");
            return new RuleViolated("unknown-version", errors.all());
        });
    }

    /**
     * Lets a stale command through only where it undoes nothing of what others have done since. One that is not stale has
     * nothing to be looked at.
     *
     * @throws VersionConflict if it does
     */
    protected final void mustNotOverlap(RecordCommand command, ConflictResolver unseen) {
        unseen.detectConflicts(
                events -> {
                    mergedWith = recorded(events);
                    return editedAhead(command)
                            || !explanation(command, mergedWith).mergeable();
                },
                description -> new VersionConflict(explanation(command, recorded(description.unexpectedEvents()))));
    }

    private boolean editedAhead(RecordCommand command) {
        Long edited = command.expected().edited();
        return edited != null && edited > current().version();
    }

    private List<Recorded<E>> recorded(List<DomainEventMessage<?>> events) {
        return events.stream()
                .map(event -> EventMetaData.recorded(
                        type.eventType().cast(event.getPayload()), event.getSequenceNumber(), event.getMetaData()))
                .toList();
    }

    private Conflict explanation(RecordCommand command, List<Recorded<E>> events) {
        if (editedAhead(command)) {
            return ConflictExplanation.explain(
                    type, Reason.AHEAD, command.expected().edited(), current(), Stream.of(), command, command.sent());
        }
        long base = events.getFirst().version() - 1;
        return ConflictExplanation.explain(
                type, Reason.STALE, base, current(), events.reversed().stream(), command, command.sent());
    }

    /**
     * Gives the record other contents. A change that would change nothing appends nothing: the record as it is, is the
     * answer.
     *
     * @param event makes the event of the contents before and after
     */
    protected final RecordView<D> become(
            D wanted, BiFunction<D, D, E> event, RecordCommand command, MetaData metaData, Clock clock) {
        command.readOnly().mustMatch(current());
        D details = current().details();
        return wanted.equals(details) && !current().deleted()
                ? current()
                : append(event.apply(details, wanted), command, metaData, clock);
    }

    /** Appends the one event that this command leads to, and answers with the record as it is then. */
    protected final RecordView<D> append(E event, RecordCommand command, MetaData metaData, Clock clock) {
        Instant at = Timestamps.next(clock, view == null ? null : view.updatedAt());
        AggregateLifecycle.apply(
                event,
                MetaData.from(EventMetaData.of(
                        Origin.of(metaData),
                        at,
                        command.expected(),
                        IdempotencyKey.of(metaData).orElse(null),
                        appliedOver(event))));
        return current();
    }

    private @Nullable AppliedOver appliedOver(E event) {
        List<Recorded<E>> passed = passedOver();
        if (passed.isEmpty()) {
            return null;
        }
        Map<String, Overwritten> theirs = new LinkedHashMap<>();
        for (Recorded<E> recorded : passed) {
            for (String field : recorded.event().changes().keySet()) {
                theirs.put(
                        field,
                        new Overwritten(
                                field, recorded.version(), recorded.origin().actor()));
            }
        }
        if (event.action() != Action.DELETE) {
            theirs.keySet().retainAll(event.changes().keySet());
        }
        return new AppliedOver(
                passed.getFirst().version(),
                passed.getLast().version(),
                merging ? (Long) mergedWith.getFirst().version() : null,
                List.copyOf(theirs.values()));
    }

    /** Both are up to the record's version: the one that begins earlier has all of the other. */
    private List<Recorded<E>> passedOver() {
        List<Recorded<E>> passed = passedOver.get();
        boolean mergedWithMore = merging
                && (passed.isEmpty()
                        || mergedWith.getFirst().version() < passed.getFirst().version());
        return mergedWithMore ? mergedWith : passed;
    }

    /**
     * Says what a change of this record is applied over although its edit did not begin with it.
     *
     * @param events asked for only if something is appended; oldest first, up to the record's version
     * @param merge whether the command is applied because it has nothing in common with them
     */
    final void passesOver(Supplier<List<Recorded<E>>> events, boolean merge) {
        passedOver = events;
        merging = merge;
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

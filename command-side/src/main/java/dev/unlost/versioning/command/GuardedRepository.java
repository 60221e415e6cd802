package dev.unlost.versioning.command;

import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.Reason;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import dev.unlost.versioning.Refusal.PreconditionMismatch;
import dev.unlost.versioning.Refusal.RecordNotFound;
import dev.unlost.versioning.Refusal.VersionConflict;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Loads records for commands, and lets none through that is not based on the record as it is.
 *
 * <p>The check comes before any command handler, so that no rule can hide a conflict; Axon by itself compares versions
 * only once the handler has run. It decides by a cached record where it can, but never refuses by one: another node may
 * have changed the record, so before a refusal the copy is brought up to date from the log and the check made again. That
 * way a conflict always tells the record's true version, and a writer who knows more than this node is never turned away.
 * What a stale copy lets through fails at the log's unique key, is evicted, and is dispatched again.
 *
 * <p>A record that does not exist yet is loaded, empty, by a command that expects just that.
 */
public final class GuardedRepository<A extends RecordAggregate<D, E>, D, E extends RecordEvent>
        extends EventSourcingRepository<A> {

    private final RecordType<D, E> type;
    private final AggregateConstructor<A, D> constructor;
    private final EventStore eventStore;
    private final RecordLog log;
    private final Snapshots snapshots;
    private final RecordCache cache;

    /** Makes an aggregate from the record's view; from null where the record does not exist yet. */
    @FunctionalInterface
    public interface AggregateConstructor<A, D> {
        A construct(RecordKey key, @Nullable RecordView<D> view);
    }

    /** What every repository of records works with. */
    public record Foundation(EventStore eventStore, RecordLog log, JdbcSnapshots snapshots, RecordCache cache) {}

    public GuardedRepository(
            Class<A> aggregate,
            EventSourcingRepository.Builder<A> builder,
            RecordType<D, E> type,
            AggregateConstructor<A, D> constructor,
            Foundation foundation) {
        this(
                aggregate,
                builder,
                type,
                constructor,
                foundation.eventStore(),
                foundation.log(),
                foundation.snapshots(),
                foundation.cache());
    }

    GuardedRepository(
            Class<A> aggregate,
            EventSourcingRepository.Builder<A> builder,
            RecordType<D, E> type,
            AggregateConstructor<A, D> constructor,
            EventStore eventStore,
            RecordLog log,
            Snapshots snapshots,
            RecordCache cache) {
        super(builder.eventStore(eventStore).aggregateFactory(new ConstructorFactory<>(aggregate, constructor)));
        this.type = type;
        this.constructor = constructor;
        this.eventStore = eventStore;
        this.log = log;
        this.snapshots = snapshots;
        this.cache = cache;
    }

    @Override
    protected EventSourcedAggregate<A> doLoadWithLock(String aggregateIdentifier, @Nullable Long expectedSequence) {
        UnitOfWork<?> work = CurrentUnitOfWork.get();
        RecordCommand command = (RecordCommand) work.root().getMessage().getPayload();
        String factory = Origin.of(work.root().getMessage().getMetaData()).factoryId();
        Copy<D> copy = guarded(factory, command);

        A root = constructor.construct(command.key(), copy.view());
        EventSourcedAggregate<A> aggregate = copy.view() == null
                ? EventSourcedAggregate.initialize(
                        root, aggregateModel(), eventStore, NoSnapshotTriggerDefinition.TRIGGER)
                : EventSourcedAggregate.reconstruct(
                        root,
                        aggregateModel(),
                        copy.view().version() - 1,
                        false,
                        eventStore,
                        NoSnapshotTriggerDefinition.TRIGGER);
        LoadedRecord.remember(work, new LoadedRecord(command.key(), copy.view(), copy.fromCache(), root));
        keepWhatBecomes(work, factory, command.key(), root);
        return aggregate;
    }

    private void keepWhatBecomes(UnitOfWork<?> work, String factory, RecordKey key, A root) {
        work.onPrepareCommit(w -> {
            RecordView<D> after = root.view();
            if (after != null && root.changed() && snapshots.dueAt(after.version())) {
                snapshots.keep(type, after);
            }
        });
        work.afterCommit(w -> {
            RecordView<D> after = root.view();
            if (after != null) {
                cache.put(type, after);
            }
        });
        work.onRollback(w -> {
            if (root.changed()) {
                cache.evict(factory, key);
            }
        });
    }

    /** The guard has done its work in {@link #doLoadWithLock}, with what the command says beside the number. */
    @Override
    protected void validateOnLoad(Aggregate<A> aggregate, @Nullable Long expectedSequence) {}

    private Copy<D> guarded(String factory, RecordCommand command) {
        RecordKey key = command.key();
        RecordView<D> cached = cache.get(factory, key);
        if (cached != null && verdict(cached, command) instanceof Verdict.Welcome) {
            return new Copy<>(cached, true);
        }
        RecordView<D> view = cached == null ? log.current(type, key).orElse(null) : upToDate(cached);
        if (view == null || !view.factoryId().equals(factory)) {
            if (command.expected() instanceof ExpectedVersion.Absent) {
                return new Copy<>(null, false);
            }
            throw new RecordNotFound(key);
        }
        cache.put(type, view);
        return switch (verdict(view, command)) {
            case Verdict.Welcome welcome -> new Copy<>(view, false);
            case Verdict.Refused refused -> throw new VersionConflict(explanation(refused, view, command));
        };
    }

    private RecordView<D> upToDate(RecordView<D> view) {
        RecordView<D> advanced = EventStoreRecordLog.advance(
                type, view.key(), view, log.history(type, view.key(), view.version() + 1, Integer.MAX_VALUE));
        return advanced == null ? view : advanced;
    }

    private Conflict explanation(Verdict.Refused refused, RecordView<D> view, RecordCommand command) {
        Long base = refused.base();
        List<Recorded<E>> unseen = base == null || base >= view.version()
                ? List.of()
                : log.history(type, view.key(), base + 1, Math.toIntExact(view.version() - base));
        return ConflictExplanation.explain(type, refused.reason(), base, view, unseen, command);
    }

    private Verdict verdict(RecordView<D> view, RecordCommand command) {
        Verdict byVersion =
                switch (command.expected()) {
                    case ExpectedVersion.Absent absent -> new Verdict.Refused(Reason.EXISTS, null);
                    case ExpectedVersion.Unconditional unconditional -> Verdict.WELCOME;
                    case ExpectedVersion.Exactly exactly -> byVersion(view, exactly);
                    case ExpectedVersion.AsOf asOf -> byTime(view, asOf.updatedAt());
                };
        if (view.deleted() && !command.revives()) {
            return new Verdict.Refused(Reason.DELETED, baseOf(byVersion, view, command));
        }
        return byVersion;
    }

    private static @Nullable Long baseOf(Verdict byVersion, RecordView<?> view, RecordCommand command) {
        return switch (byVersion) {
            case Verdict.Refused refused -> refused.base();
            case Verdict.Welcome welcome ->
                command.expected() instanceof ExpectedVersion.Unconditional ? null : view.version();
        };
    }

    private Verdict byVersion(RecordView<D> view, ExpectedVersion.Exactly expected) {
        Instant time = expected.updatedAt();
        if (time != null) {
            mustBelongTogether(view, expected.version(), time);
        }
        if (expected.version() == view.version()) {
            return Verdict.WELCOME;
        }
        return new Verdict.Refused(
                expected.version() < view.version() ? Reason.STALE : Reason.AHEAD, expected.version());
    }

    private void mustBelongTogether(RecordView<D> view, long version, Instant time) {
        boolean together = (version == view.version() && time.equals(view.updatedAt()))
                || log.versionOf(view.key(), time).filter(v -> v == version).isPresent();
        if (!together) {
            throw new PreconditionMismatch("version and updatedAt name different versions");
        }
    }

    private Verdict byTime(RecordView<D> view, Instant time) {
        return time.equals(view.updatedAt())
                ? Verdict.WELCOME
                : new Verdict.Refused(
                        Reason.STALE, log.versionOf(view.key(), time).orElse(null));
    }

    /** Axon asks for one; here aggregates are made from views instead. */
    private record ConstructorFactory<A, D>(Class<A> type, AggregateConstructor<A, D> constructor)
            implements AggregateFactory<A> {
        @Override
        public A createAggregateRoot(String aggregateIdentifier, DomainEventMessage<?> firstEvent) {
            return constructor.construct(RecordKey.parse(aggregateIdentifier), null);
        }

        @Override
        public Class<A> getAggregateType() {
            return type;
        }
    }

    /** @param view null where the record does not exist */
    private record Copy<D>(@Nullable RecordView<D> view, boolean fromCache) {}

    private sealed interface Verdict {
        Verdict WELCOME = new Welcome();

        record Welcome() implements Verdict {}

        /** @param base the version that the writer had seen; null where it is not known */
        record Refused(Reason reason, @Nullable Long base) implements Verdict {}
    }
}

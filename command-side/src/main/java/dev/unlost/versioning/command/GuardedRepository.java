package dev.unlost.versioning.command;

import static java.util.Objects.requireNonNull;

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
import dev.unlost.versioning.Refusal.Busy;
import dev.unlost.versioning.Refusal.PreconditionMismatch;
import dev.unlost.versioning.Refusal.RecordNotFound;
import dev.unlost.versioning.Refusal.VersionConflict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.conflictresolution.ConflictResolution;
import org.axonframework.eventsourcing.conflictresolution.DefaultConflictResolver;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.LockAwareAggregate;
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
 * <p>A stale command that asks to be merged is let through, and the record decides on the events that it has not seen.
 *
 * <p>A record that does not exist yet is loaded, empty, by a command that expects just that. Where its id was made for the
 * command the log is not asked; should the record be there all the same, the log's unique key refuses it.
 */
public final class GuardedRepository<A extends RecordAggregate<D, E>, D, E extends RecordEvent>
        extends EventSourcingRepository<A> {

    /** How many events are looked at together. */
    private static final int STRETCH = 200;

    /** How many versions an unconditional change looks back on, one attempt after the other. */
    private static final int[] LOOKING_BACK = {5, 50};

    private final Map<String, RecordType<D, E>> types;
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

    /**
     * What every repository of records works with.
     *
     * @param patience how long a command waits for others of the same record before it is refused
     */
    public record Foundation(
            EventStore eventStore, RecordLog log, JdbcSnapshots snapshots, RecordCache cache, Duration patience) {}

    public GuardedRepository(
            Class<A> aggregate,
            EventSourcingRepository.Builder<A> builder,
            List<? extends RecordType<D, E>> types,
            AggregateConstructor<A, D> constructor,
            Foundation foundation) {
        this(
                aggregate,
                builder,
                types,
                constructor,
                foundation.eventStore(),
                foundation.log(),
                foundation.snapshots(),
                foundation.cache(),
                foundation.patience());
    }

    GuardedRepository(
            Class<A> aggregate,
            EventSourcingRepository.Builder<A> builder,
            List<? extends RecordType<D, E>> types,
            AggregateConstructor<A, D> constructor,
            EventStore eventStore,
            RecordLog log,
            Snapshots snapshots,
            RecordCache cache,
            Duration patience) {
        super(builder.eventStore(eventStore)
                .aggregateFactory(new ConstructorFactory<>(aggregate, constructor))
                .lockFactory(LockOfFactory.waiting(patience)));
        this.types = types.stream().collect(Collectors.toUnmodifiableMap(RecordType::name, Function.identity()));
        this.constructor = constructor;
        this.eventStore = eventStore;
        this.log = log;
        this.snapshots = snapshots;
        this.cache = cache;
    }

    private RecordType<D, E> type(RecordKey key) {
        return requireNonNull(types.get(key.type()), key.type());
    }

    /** Waits for the record's lock, unless the command is hopeless: what is stale once stays so, and is refused at once. */
    @Override
    protected LockAwareAggregate<A, EventSourcedAggregate<A>> doLoad(
            String aggregateIdentifier, @Nullable Long expectedSequence) {
        UnitOfWork<?> work = CurrentUnitOfWork.get();
        RecordCommand command = (RecordCommand) work.getMessage().getPayload();
        String factory = Origin.of(work.getMessage().getMetaData()).factoryId();
        RecordView<D> cached = cache.get(factory, command.key());
        if (cached != null && !command.merges() && command.expected().isBefore(cached)) {
            // what is nested in other work leaves the end of the transaction to it
            LoadedRecord.expectRefusal(work, work.parent().isEmpty());
            guarded(factory, command);
            LoadedRecord.expectRefusal(work, false);
        }
        return super.doLoad(aggregateIdentifier, expectedSequence);
    }

    @Override
    protected EventSourcedAggregate<A> doLoadWithLock(String aggregateIdentifier, @Nullable Long expectedSequence) {
        UnitOfWork<?> work = CurrentUnitOfWork.get();
        RecordCommand command = (RecordCommand) work.getMessage().getPayload();
        Origin origin = Origin.of(work.getMessage().getMetaData());
        String factory = origin.factoryId();
        Copy<D> copy = guarded(factory, command);
        if (copy.staleBase() != null) {
            letTheRecordDecide(work, aggregateIdentifier, copy);
        }

        A root = constructor.construct(command.key(), copy.view());
        if (copy.view() != null) {
            RecordView<D> view = copy.view();
            root.passesOver(() -> passedOver(view, copy.staleBase(), command, origin), copy.staleBase() != null);
        }
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
        LoadedRecord.remember(
                work, new LoadedRecord(command.key(), copy.view(), copy.fromCache(), copy.staleBase() != null, root));
        if (snapshots.dueAt(copy.view() == null ? 1 : copy.view().version() + 1)) {
            LoadedRecord.expectMore(work);
        }
        keepWhatBecomes(work, factory, command.key(), root);
        return aggregate;
    }

    /** Axon's way: whoever handles the command looks at the unseen events, or the command fails. */
    private void letTheRecordDecide(UnitOfWork<?> work, String aggregateIdentifier, Copy<D> copy) {
        DefaultConflictResolver resolver = new DefaultConflictResolver(
                eventStore,
                aggregateIdentifier,
                requireNonNull(copy.staleBase()) - 1,
                requireNonNull(copy.view()).version() - 1);
        ConflictResolution.initialize(resolver);
        work.onPrepareCommit(w -> resolver.ensureConflictsResolved());
    }

    private void keepWhatBecomes(UnitOfWork<?> work, String factory, RecordKey key, A root) {
        // last of all that the transaction does: after its last record is loaded, and after the event that is the guard
        // against other writers of the same version
        work.root()
                .onPrepareCommit(outer -> outer.onPrepareCommit(w -> {
                    RecordView<D> after = root.view();
                    if (after != null && root.changed() && snapshots.dueAt(after.version())) {
                        snapshots.keep(type(key), after);
                    }
                }));
        work.afterCommit(w -> {
            RecordView<D> after = root.view();
            if (after != null) {
                cache.put(type(key), after);
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
        if (command.expected() instanceof ExpectedVersion.Absent absent && absent.newId()) {
            return new Copy<>(null, false, null);
        }
        RecordKey key = command.key();
        RecordView<D> cached = cache.get(factory, key);
        Verdict byCache = cached == null ? null : verdict(cached, command);
        if (cached != null && byCache instanceof Verdict.Welcome) {
            return new Copy<>(cached, true, null);
        }
        List<Recorded<E>> unseen =
                cached != null && byCache instanceof Verdict.Refused refused ? unseen(refused, cached) : null;
        RecordView<D> view = cached == null
                ? log.current(type(key), key).orElse(null)
                : advanced(
                        cached,
                        unseen == null ? log.history(type(key), key, cached.version() + 1, Integer.MAX_VALUE) : unseen);
        if (view == null || !view.factoryId().equals(factory)) {
            if (command.expected() instanceof ExpectedVersion.Absent) {
                return new Copy<>(null, false, null);
            }
            throw new RecordNotFound(key);
        }
        cache.put(type(key), view);
        return switch (verdict(view, command)) {
            case Verdict.Welcome welcome -> new Copy<>(view, false, null);
            case Verdict.Refused refused -> {
                if (!mayMerge(refused, command)) {
                    throw new VersionConflict(explanation(refused, view, command, unseen));
                }
                yield new Copy<>(view, false, refused.base());
            }
        };
    }

    private static boolean mayMerge(Verdict.Refused refused, RecordCommand command) {
        return command.merges() && refused.reason() == Reason.STALE && refused.base() != null;
    }

    /** @return all that happened since the base of a refused command, oldest first; null where that is not known, or long */
    private @Nullable List<Recorded<E>> unseen(Verdict.Refused refused, RecordView<D> cached) {
        Long base = refused.base();
        if (base == null || base >= cached.version() || cached.version() - base >= STRETCH) {
            return null;
        }
        List<Recorded<E>> events = log.history(type(cached.key()), cached.key(), base + 1, STRETCH);
        return events.size() < STRETCH ? events : null;
    }

    private RecordView<D> advanced(RecordView<D> view, List<Recorded<E>> events) {
        return requireNonNull(EventStoreRecordLog.advance(type(view.key()), view.key(), view, events));
    }

    /** @param known all that happened since the writer's base, oldest first; null where it is still to be read */
    private Conflict explanation(
            Verdict.Refused refused, RecordView<D> view, RecordCommand command, @Nullable List<Recorded<E>> known) {
        Long base = refused.base();
        Stream<Recorded<E>> unseen = known != null
                ? known.reversed().stream()
                : base == null || base >= view.version() ? Stream.of() : unseen(view, base);
        return ConflictExplanation.explain(
                type(view.key()), refused.reason(), base, view, unseen, command, wanted(command));
    }

    /** Newest first, and a stretch at a time: a writer can be any number of versions behind. */
    private Stream<Recorded<E>> unseen(RecordView<D> view, long base) {
        return Stream.iterate(
                        stretch(view.key(), base, view.version() + 1),
                        stretch -> !stretch.isEmpty(),
                        stretch -> stretch(view.key(), base, stretch.getLast().version()))
                .flatMap(List::stream);
    }

    private List<Recorded<E>> stretch(RecordKey key, long base, long before) {
        long left = before - 1 - base;
        return left == 0
                ? List.of()
                : log.newestFirst(type(key), key, before, Math.toIntExact(Math.min(STRETCH, left)));
    }

    private Map<String, @Nullable Object> wanted(RecordCommand command) {
        Long version = command.restores();
        RecordType<D, E> type = type(command.key());
        return version == null
                ? command.sent()
                : log.at(type, command.key(), version)
                        .map(past -> type.fields(past.details()))
                        .orElse(Map.of());
    }

    /** The events that a command is applied over although its edit did not begin with them, oldest first. */
    private List<Recorded<E>> passedOver(
            RecordView<D> view, @Nullable Long staleBase, RecordCommand command, Origin origin) {
        Long edited = command.expected().edited();
        if (edited != null) {
            return since(view, edited);
        }
        if (staleBase != null) {
            return since(view, staleBase);
        }
        return command.expected() instanceof ExpectedVersion.Unconditional
                ? sinceTheWritersOwn(view, origin.actor())
                : List.of();
    }

    private List<Recorded<E>> since(RecordView<D> view, long base) {
        return log.history(type(view.key()), view.key(), base + 1, Math.toIntExact(view.version() - base));
    }

    /**
     * Who says nothing of what they have seen has seen at least the answer to their own last change. It is looked for a
     * little way back only, first among the last few: an unconditional change must not cost a long history.
     */
    private List<Recorded<E>> sinceTheWritersOwn(RecordView<D> view, String writer) {
        if (view.updatedBy().equals(writer)) {
            return List.of();
        }
        List<Recorded<E>> events = List.of();
        for (int back : LOOKING_BACK) {
            long base = Math.max(0, view.version() - back);
            events = since(view, base);
            for (int i = events.size() - 1; i >= 0; i--) {
                if (events.get(i).origin().actor().equals(writer)) {
                    return events.subList(i + 1, events.size());
                }
            }
            if (base == 0) {
                break;
            }
        }
        return events;
    }

    private Verdict verdict(RecordView<D> view, RecordCommand command) {
        Verdict byVersion =
                switch (command.expected()) {
                    case ExpectedVersion.Absent absent -> new Verdict.Refused(Reason.EXISTS, null);
                    case ExpectedVersion.Unconditional unconditional -> Verdict.WELCOME;
                    case ExpectedVersion.Internal internal -> Verdict.WELCOME;
                    case ExpectedVersion.Exactly exactly -> byVersion(view, exactly);
                    case ExpectedVersion.AsOf asOf -> byTime(view, asOf.updatedAt());
                };
        Long edited = command.expected().edited();
        if (byVersion instanceof Verdict.Welcome && edited != null && edited > view.version()) {
            byVersion = new Verdict.Refused(Reason.AHEAD, edited);
        }
        if (view.deleted() && command.restores() == null) {
            return new Verdict.Refused(Reason.DELETED, baseOf(byVersion, view, command));
        }
        return byVersion;
    }

    private static @Nullable Long baseOf(Verdict byVersion, RecordView<?> view, RecordCommand command) {
        return switch (byVersion) {
            case Verdict.Refused refused -> refused.base();
            case Verdict.Welcome welcome -> ExpectedVersion.holdsForAny(command.expected()) ? null : view.version();
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

    /**
     * Two factories may have records of one id, and never wait for each other. Whoever waits does so within a transaction,
     * with a connection that others could use.
     */
    private record LockOfFactory(LockFactory locks) implements LockFactory {

        /** Between two of them Axon looks whether any wait for each other. */
        private static final int ATTEMPTS = 16;

        static LockOfFactory waiting(Duration patience) {
            return new LockOfFactory(PessimisticLockFactory.builder()
                    .acquireAttempts(ATTEMPTS)
                    .lockAttemptTimeout(Math.clamp(patience.dividedBy(ATTEMPTS).toMillis(), 1, Integer.MAX_VALUE))
                    .build());
        }

        @Override
        public Lock obtainLock(String aggregateIdentifier) {
            String factory = Origin.of(CurrentUnitOfWork.get().getMessage().getMetaData())
                    .factoryId();
            try {
                return locks.obtainLock(factory + '/' + aggregateIdentifier);
            } catch (LockAcquisitionFailedException e) {
                throw new Busy("others have kept the record for too long");
            }
        }
    }

    /**
     * @param view null where the record does not exist
     * @param staleBase the version that a command to be merged is based on; null where it is the view's
     */
    private record Copy<D>(
            @Nullable RecordView<D> view,
            boolean fromCache,
            @Nullable Long staleBase) {}

    private sealed interface Verdict {
        Verdict WELCOME = new Welcome();

        record Welcome() implements Verdict {}

        /** @param base the version that the writer had seen; null where it is not known */
        record Refused(Reason reason, @Nullable Long base) implements Verdict {}
    }
}

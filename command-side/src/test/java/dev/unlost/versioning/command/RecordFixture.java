package dev.unlost.versioning.command;

import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import dev.unlost.versioning.command.GuardedRepository.AggregateConstructor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Axon's aggregate fixture with the repository that guards records. The clock stands still, one event a second lies in
 * the past.
 */
public final class RecordFixture<A extends RecordAggregate<D, E>, D, E extends RecordEvent> {

    public static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123456Z");

    public static final Origin ANN = new Origin("factory-1", "ann", "request-1");

    public static final Origin STRANGER = new Origin("factory-2", "ann", "request-1");

    private final AggregateTestFixture<A> fixture;

    public RecordFixture(Class<A> aggregate, RecordType<D, E> type, AggregateConstructor<A, D> constructor) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        fixture = new AggregateTestFixture<>(aggregate);
        // the fixture's own comparison loads the record without a command, which the guard cannot
        fixture.setReportIllegalStateChange(false);
        EventStore events = fixture.getEventStore();
        Snapshots none = new NoSnapshots();
        RecordLog log = new EventStoreRecordLog(new ToleratesUnknown(events).store(), none, new FoldedIndex(events));
        fixture.registerCommandTargetResolver(new RecordTargetResolver());
        fixture.registerRepository(new GuardedRepository<>(
                aggregate,
                EventSourcingRepository.builder(aggregate)
                        .parameterResolverFactory(MultiParameterResolverFactory.ordered(
                                ClasspathParameterResolverFactory.forClass(aggregate),
                                new SimpleResourceParameterResolverFactory(List.of(clock, log)))),
                List.of(type),
                constructor,
                events,
                log,
                none,
                new RecordCache(0),
                Duration.ofSeconds(10)));
    }

    /** The record's history: one event a second, the last one a second ago, by Bob. */
    @SafeVarargs
    public final TestExecutor<A> given(E... history) {
        return givenAt(timeOf(1, history.length), history);
    }

    /** The record's history: one event a second from that time on, by Bob. */
    @SafeVarargs
    public final TestExecutor<A> givenAt(Instant first, E... history) {
        Origin bob = new Origin("factory-1", "bob", null);
        List<EventMessage<?>> messages = new ArrayList<>();
        for (int i = 0; i < history.length; i++) {
            messages.add(GenericEventMessage.asEventMessage(history[i])
                    .andMetaData(EventMetaData.of(bob, first.plusSeconds(i), ExpectedVersion.ABSENT)));
        }
        return messages.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(messages);
    }

    /** The time of a version in a history of so many. */
    public static Instant timeOf(int version, int versions) {
        return NOW.minusSeconds(versions - version + 1L);
    }

    public static Map<String, Object> as(Origin origin) {
        return origin.toMetaData();
    }

    private static final class NoSnapshots implements Snapshots {
        @Override
        public boolean dueAt(long version) {
            return false;
        }

        @Override
        public <D, E extends RecordEvent> void keep(RecordType<D, E> type, RecordView<D> view) {
            throw new IllegalStateException("none is due");
        }

        @Override
        public <D, E extends RecordEvent> Optional<RecordView<D>> atOrBelow(
                RecordType<D, E> type, RecordKey key, long version) {
            return Optional.empty();
        }
    }

    /** The fixture's event store refuses to read what was never written; a real one answers with nothing. */
    private record ToleratesUnknown(EventStore events) {
        EventStore store() {
            return (EventStore) java.lang.reflect.Proxy.newProxyInstance(
                    EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, args) -> {
                        try {
                            return method.isDefault()
                                    ? java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, args)
                                    : method.invoke(events, args);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            if (e.getCause() instanceof AggregateNotFoundException) {
                                return DomainEventStream.empty();
                            }
                            throw e.getCause();
                        }
                    });
        }
    }

    private record FoldedIndex(EventStore events) implements LogIndex {
        @Override
        public Optional<Long> versionAt(RecordKey key, Instant time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Long> versionOf(RecordKey key, Instant updatedAt) {
            return events.readEvents(key.toString())
                    .asStream()
                    .filter(event -> EventMetaData.at(event.getMetaData()).equals(updatedAt))
                    .map(event -> event.getSequenceNumber() + 1)
                    .findFirst();
        }

        @Override
        public <D, E extends RecordEvent> List<Recorded<E>> newestFirst(
                RecordType<D, E> type, RecordKey key, long fromVersion, long toVersion, int limit) {
            List<Recorded<E>> history = events.readEvents(key.toString(), fromVersion - 1)
                    .asStream()
                    .map(event -> EventMetaData.recorded(
                            type.eventType().cast(event.getPayload()), event.getSequenceNumber(), event.getMetaData()))
                    .filter(recorded -> recorded.version() <= toVersion)
                    .toList();
            return history.reversed().stream().limit(limit).toList();
        }

        @Override
        public <D, E extends RecordEvent> List<RecordView<D>> latest(
                RecordType<D, E> type, RecordLog.@Nullable Place after, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}

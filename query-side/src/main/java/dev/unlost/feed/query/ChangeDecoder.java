package dev.unlost.feed.query;

import dev.unlost.feed.RecordChange;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Tells what a stored event changed, whatever revision it was stored in. */
final class ChangeDecoder {

    private final Serializer serializer;
    private final EventUpcaster upcaster;

    ChangeDecoder(Serializer serializer, EventUpcaster upcaster) {
        this.serializer = serializer;
        this.upcaster = upcaster;
    }

    /** @throws UnreadableEvent if the event is none that this version of the service knows */
    RecordChange decode(LoggedEvent logged) {
        try {
            DomainEventMessage<?> event = upcast(logged);
            if (!(event.getPayload() instanceof RecordEvent payload)) {
                throw new IllegalStateException("not an event of a record");
            }
            return new RecordChange(
                    logged.key(),
                    logged.factoryId(),
                    payload.action(),
                    new ArrayList<>(payload.changes().keySet()),
                    logged.sequence() + 1,
                    logged.at(),
                    Origin.of(event.getMetaData()).actor());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new UnreadableEvent(logged, e);
        }
    }

    private DomainEventMessage<?> upcast(LoggedEvent logged) {
        DomainEventStream events = EventStreamUtils.upcastAndDeserializeDomainEvents(
                Stream.of(new GenericDomainEventEntry<>(
                        logged.key().type(),
                        logged.key().toString(),
                        logged.sequence(),
                        // nobody asks for the event's own identifier here
                        logged.key().toString(),
                        logged.at().toString(),
                        logged.payloadType(),
                        logged.payloadRevision(),
                        logged.payload(),
                        logged.metaData())),
                serializer,
                upcaster);
        if (!events.hasNext()) {
            throw new IllegalStateException("upcast to nothing");
        }
        return events.next();
    }
}

package dev.unlost.versioning;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record, and its one fold: the write model, the read model, histories, comparison and rebuild all go through
 * {@link #fold}.
 *
 * @param <D> the contents
 * @param <E> the events
 */
public interface RecordType<D, E extends RecordEvent> {

    /** @return the name in keys, conflicts and feeds, e.g. {@code customer} */
    String name();

    Class<D> detailsType();

    Class<E> eventType();

    /**
     * @param before null before the first event
     * @return the contents after the event; those before it where it is a deletion
     */
    D evolve(@Nullable D before, E event);

    /**
     * @return every field by its public name, in the order of the documentation, with its value as plain JSON (text,
     *     numbers, booleans, lists, maps); null where it has none
     */
    Map<String, @Nullable Object> fields(D details);

    /**
     * The names under which events are stored. A class may move; its name here stays.
     *
     * @return by name, e.g. {@code customer.updated}
     */
    Map<String, Class<? extends E>> eventNames();

    /** @return about how many bytes the contents occupy in memory */
    int weight(D details);

    default RecordKey key(String id) {
        return new RecordKey(name(), id);
    }

    /**
     * @param before the record before the event; null before the first
     * @throws IllegalStateException if the event is not the next one
     */
    default RecordView<D> fold(RecordKey key, @Nullable RecordView<D> before, Recorded<E> recorded) {
        long next = before == null ? 1 : before.version() + 1;
        if (recorded.version() != next) {
            throw new IllegalStateException(key + ": version " + recorded.version() + " where " + next + " was due");
        }
        Origin origin = recorded.origin();
        return new RecordView<>(
                key,
                origin.factoryId(),
                recorded.version(),
                recorded.event().action() == Action.DELETE,
                before == null ? recorded.at() : before.createdAt(),
                before == null ? origin.actor() : before.createdBy(),
                recorded.at(),
                origin.actor(),
                evolve(before == null ? null : before.details(), recorded.event()));
    }
}

package dev.unlost.versioning;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload of an event of a record. */
public interface RecordEvent {

    Action action();

    /**
     * @return by field name, in the order of the record's fields, what the event changed; never a change to the same
     *     value
     */
    Map<String, Change<?>> changes();

    /** @return the version whose contents the event brought back; null for any other event */
    default @Nullable Long restores() {
        return null;
    }
}

package dev.unlost.versioning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Commands to several records, carried out all or none: in one transaction, one event each. Answered with the list of
 * their {@link Outcome}s, in the same order.
 *
 * @param commands one per record, at least one
 */
public record AtomicBatch(List<RecordCommand> commands) {

    public AtomicBatch {
        commands = List.copyOf(commands);
        Set<RecordKey> keys = new HashSet<>();
        for (RecordCommand command : commands) {
            if (!keys.add(command.key())) {
                throw new IllegalArgumentException("two commands to " + command.key());
            }
        }
    }
}

package dev.unlost.customer;

import dev.unlost.versioning.Action;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.RecordEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.serialization.Revision;

/**
 * What can have happened to a customer. These are stored for ever: a class here is changed only together with a new
 * revision, an upcaster and another approved file.
 */
public sealed interface CustomerEvent extends RecordEvent {

    /** The customer came to be. */
    @Revision("1")
    record CustomerCreated(CustomerDetails details) implements CustomerEvent {
        @Override
        public Action action() {
            return Action.CREATE;
        }

        @Override
        public Map<String, Change<?>> changes() {
            Map<String, Change<?>> changes = new LinkedHashMap<>();
            CustomerType.INSTANCE.fields(details).forEach((field, value) -> {
                if (value != null && !value.equals(java.util.List.of())) {
                    changes.put(field, new Change<>(null, value));
                }
            });
            return changes;
        }
    }

    /** Fields got other values. */
    @Revision("1")
    record CustomerUpdated(CustomerChanges changed) implements CustomerEvent {
        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public Map<String, Change<?>> changes() {
            return changed.byField();
        }
    }

    /** The customer was deleted. Its contents stay known to its history. */
    @Revision("1")
    record CustomerDeleted() implements CustomerEvent {
        @Override
        public Action action() {
            return Action.DELETE;
        }

        @Override
        public Map<String, Change<?>> changes() {
            return Map.of();
        }
    }

    /**
     * The contents of an earlier version were brought back, the record with them where it was deleted.
     *
     * @param toVersion the version whose contents these are
     * @param changed what that changed
     */
    @Revision("1")
    record CustomerRestored(long toVersion, CustomerChanges changed) implements CustomerEvent {
        @Override
        public Action action() {
            return Action.RESTORE;
        }

        @Override
        public Long restores() {
            return toVersion;
        }

        @Override
        public Map<String, Change<?>> changes() {
            return changed.byField();
        }
    }
}

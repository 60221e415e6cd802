package dev.unlost.metahub;

import dev.unlost.versioning.Action;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.PlainJson;
import dev.unlost.versioning.RecordEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;

/**
 * What can have happened to a record of a metahub. These are stored for ever: a class here is changed only together with
 * a new revision, an upcaster and another approved file.
 */
public sealed interface MetahubEvent extends RecordEvent {

    /** The record came to be. */
    sealed interface Created extends MetahubEvent {

        /** The fields that have a value, by name. */
        Map<String, Object> fields();

        @Override
        default Action action() {
            return Action.CREATE;
        }

        @Override
        default Map<String, Change<?>> changes() {
            Map<String, Change<?>> changes = new LinkedHashMap<>();
            fields().forEach((field, value) -> {
                if (!value.equals(List.of())) {
                    changes.put(field, new Change<>(null, PlainJson.canonical(value)));
                }
            });
            return changes;
        }
    }

    /** Fields got other values. */
    sealed interface Updated extends MetahubEvent {

        /** By field name. */
        Map<String, Change<Object>> changed();

        @Override
        default Action action() {
            return Action.UPDATE;
        }

        @Override
        default Map<String, Change<?>> changes() {
            return canonical(changed());
        }
    }

    /** The record was deleted. Its contents stay known to its history. */
    sealed interface Deleted extends MetahubEvent {
        @Override
        default Action action() {
            return Action.DELETE;
        }

        @Override
        default Map<String, Change<?>> changes() {
            return Map.of();
        }
    }

    /** The contents of an earlier version were brought back, the record with them where it was deleted. */
    sealed interface Restored extends MetahubEvent {

        /** The version whose contents these are. */
        long toVersion();

        /** What that changed, by field name. */
        Map<String, Change<Object>> changed();

        @Override
        default Action action() {
            return Action.RESTORE;
        }

        @Override
        default Long restores() {
            return toVersion();
        }

        @Override
        default Map<String, Change<?>> changes() {
            return canonical(changed());
        }
    }

    private static Map<String, Change<?>> canonical(Map<String, Change<Object>> changed) {
        Map<String, Change<?>> changes = new LinkedHashMap<>();
        changed.forEach((field, change) ->
                changes.put(field, new Change<>(PlainJson.canonical(change.from()), PlainJson.canonical(change.to()))));
        return changes;
    }

    @Revision("1")
    record HubCreated(Map<String, Object> fields) implements Created {}

    @Revision("1")
    record HubUpdated(Map<String, Change<Object>> changed) implements Updated {}

    @Revision("1")
    record HubDeleted() implements Deleted {}

    @Revision("1")
    record HubRestored(long toVersion, Map<String, Change<Object>> changed) implements Restored {}

    @Revision("1")
    record CatalogCreated(Map<String, Object> fields) implements Created {}

    @Revision("1")
    record CatalogUpdated(Map<String, Change<Object>> changed) implements Updated {}

    @Revision("1")
    record CatalogDeleted() implements Deleted {}

    @Revision("1")
    record CatalogRestored(long toVersion, Map<String, Change<Object>> changed) implements Restored {}

    @Revision("1")
    record AttributeCreated(Map<String, Object> fields) implements Created {}

    @Revision("1")
    record AttributeUpdated(Map<String, Change<Object>> changed) implements Updated {}

    @Revision("1")
    record AttributeDeleted() implements Deleted {}

    @Revision("1")
    record AttributeRestored(long toVersion, Map<String, Change<Object>> changed) implements Restored {}

    @Revision("1")
    record ElementCreated(Map<String, Object> fields) implements Created {}

    @Revision("1")
    record ElementUpdated(Map<String, Change<Object>> changed) implements Updated {}

    @Revision("1")
    record ElementDeleted() implements Deleted {}

    @Revision("1")
    record ElementRestored(long toVersion, Map<String, Change<Object>> changed) implements Restored {}
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The record that a unit of work loaded, as it was then.
 *
 * @param view null where it did not exist
 * @param fromCache whether another node may have changed it since
 * @param stale whether the command was let through although the record had changed since, as it asked to be merged
 */
record LoadedRecord(
        RecordKey key,
        @Nullable RecordView<?> view,
        boolean fromCache,
        boolean stale,
        RecordAggregate<?, ?> aggregate) {

    private static final String RESOURCE = LoadedRecord.class.getName();

    private static final String ALL = RESOURCE + ".all";

    private static final String MORE = RESOURCE + ".more";

    private static final String REFUSAL = RESOURCE + ".refusal";

    static void remember(UnitOfWork<?> work, LoadedRecord loaded) {
        work.resources().put(RESOURCE, loaded);
        work.root()
                .<List<LoadedRecord>>getOrComputeResource(ALL, key -> new ArrayList<>())
                .add(loaded);
    }

    /** @return the records that a unit of work and those nested in it loaded */
    static List<LoadedRecord> within(UnitOfWork<?> root) {
        List<LoadedRecord> all = root.getResource(ALL);
        return all == null ? List.of() : all;
    }

    /** Says that the transaction of this work goes on once the events are appended. */
    static void expectMore(UnitOfWork<?> work) {
        work.root().resources().put(MORE, true);
    }

    /** Whether the transaction goes on once the events are appended. */
    static boolean moreToDo(UnitOfWork<?> work) {
        return work.root().resources().containsKey(MORE);
    }

    /** Says whether this work reads a history in order to refuse, and then ends. */
    static void expectRefusal(UnitOfWork<?> work, boolean expected) {
        if (expected) {
            work.resources().put(REFUSAL, true);
        } else {
            work.resources().remove(REFUSAL);
        }
    }

    /** Whether the work in progress does nothing more once it has read a history. */
    static boolean isAboutToRefuse() {
        return CurrentUnitOfWork.isStarted()
                && CurrentUnitOfWork.get().resources().containsKey(REFUSAL);
    }

    static Optional<LoadedRecord> of(UnitOfWork<?> work) {
        return Optional.ofNullable(work.getResource(RESOURCE));
    }

    boolean unchanged() {
        return !aggregate.changed();
    }
}

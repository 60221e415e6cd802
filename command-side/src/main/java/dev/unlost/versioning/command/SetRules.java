package dev.unlost.versioning.command;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules that span records, such as "no two have one name", kept in tables of their own that are written in the
 * transaction of the events, under advisory locks.
 *
 * <p>They are asked once in a transaction, when all of its records are loaded and have decided, and before anything is
 * stored: what they write takes a transaction id, which must not be taken before the last record is loaded.
 */
public interface SetRules {

    /**
     * A record that is about to change.
     *
     * @param before null where it did not exist
     */
    record Changed(RecordCommand command, @Nullable RecordView<?> before, RecordView<?> after) {}

    /** Whether there are rules for records of that type. */
    boolean concern(String type);

    /**
     * @param changes of one transaction, which are made all at once; those of other types, too
     * @return the refusals by place in the list; empty if the changes may be made, and were written down. Where it is not
     *     empty the transaction must be taken back
     */
    SortedMap<Integer, Refusal> enforce(Origin origin, List<Changed> changes);
}

package dev.unlost.metahub;

import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked of a record of a metahub, of whichever type. Every command is answered with the whole new record. */
public sealed interface MetahubCommand extends RecordCommand {

    /** The type of the record. */
    default MetahubType type() {
        return MetahubType.named(key().type());
    }

    /** Creates a record at an id that no record of its type has ever had in its metahub. */
    record CreateMetahubRecord(
            RecordKey key, ExpectedVersion.Absent expected, MetahubDetails details, ReadOnlyMembers readOnly)
            implements MetahubCommand {
        @Override
        public Map<String, @Nullable Object> sent() {
            return type().fields(details);
        }

        @Override
        public boolean sendsWholeRecord() {
            return true;
        }
    }

    /**
     * Sets some fields (PATCH).
     *
     * @param merges whether it is applied although it is stale, as long as it touches none of the fields that others have
     *     touched since
     */
    record UpdateMetahubRecord(
            RecordKey key, ExpectedVersion expected, MetahubPatch patch, ReadOnlyMembers readOnly, boolean merges)
            implements MetahubCommand {
        @Override
        public Map<String, @Nullable Object> sent() {
            return patch.sent();
        }
    }

    /** Sets all fields (PUT). */
    record ReplaceMetahubRecord(
            RecordKey key, ExpectedVersion expected, MetahubDetails details, ReadOnlyMembers readOnly)
            implements MetahubCommand {
        @Override
        public Map<String, @Nullable Object> sent() {
            return type().fields(details);
        }

        @Override
        public boolean sendsWholeRecord() {
            return true;
        }
    }

    /** Deletes the record; its history stays. */
    record DeleteMetahubRecord(RecordKey key, ExpectedVersion expected) implements MetahubCommand {
        @Override
        public boolean deletes() {
            return true;
        }
    }

    /**
     * Brings back the contents of a version, and the record with them where it was deleted.
     *
     * @param toVersion from 1
     */
    record RestoreMetahubRecord(RecordKey key, ExpectedVersion expected, long toVersion, ReadOnlyMembers readOnly)
            implements MetahubCommand {
        @Override
        public Long restores() {
            return toVersion;
        }

        @Override
        public boolean sendsWholeRecord() {
            return true;
        }
    }
}

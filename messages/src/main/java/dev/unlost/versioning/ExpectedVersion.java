package dev.unlost.versioning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a writer says of the version that the change is based on. */
public sealed interface ExpectedVersion {

    /**
     * The version that the edit began with, where that is another one than the change is to be applied to: the writer
     * was told of a conflict and applies the edit all the same.
     *
     * @return from 1; null where the writer does not say so
     */
    @Nullable
    Long edited();

    /** Whether this is an earlier version than the record's, so that no version of it to come can be the expected one. */
    boolean isBefore(RecordView<?> record);

    /**
     * The version that was edited.
     *
     * @param version from 1
     * @param updatedAt the time of that version, where the writer named both; the two must belong together
     * @param edited at most {@code version}
     */
    record Exactly(
            long version,
            @Nullable Instant updatedAt,
            @Nullable Long edited) implements ExpectedVersion {
        public Exactly {
            if (version < 1) {
                throw new IllegalArgumentException("versions start at 1, not at " + version);
            }
            if (edited != null && edited > version) {
                throw new IllegalArgumentException("version " + edited + " was not edited before " + version);
            }
        }

        public Exactly(long version, @Nullable Instant updatedAt) {
            this(version, updatedAt, null);
        }

        public Exactly(long version) {
            this(version, null, null);
        }

        @Override
        public boolean isBefore(RecordView<?> record) {
            return version < record.version();
        }
    }

    /**
     * The version that has this {@code updatedAt}, to the microsecond. A time that no version has is a stale one.
     */
    record AsOf(Instant updatedAt, @Nullable Long edited) implements ExpectedVersion {
        public AsOf(Instant updatedAt) {
            this(updatedAt, null);
        }

        @Override
        public boolean isBefore(RecordView<?> record) {
            return updatedAt.isBefore(record.updatedAt());
        }
    }

    /** Applied to whatever version is there, and recorded as such. */
    record Unconditional(@Nullable Long edited) implements ExpectedVersion {
        @Override
        public boolean isBefore(RecordView<?> record) {
            return false;
        }
    }

    /** No edit of somebody's, but upkeep: applied to whatever version is there, and recorded as such. */
    record Internal() implements ExpectedVersion {
        @Override
        public @Nullable Long edited() {
            return null;
        }

        @Override
        public boolean isBefore(RecordView<?> record) {
            return false;
        }
    }

    /**
     * The record must not exist yet, and must never have existed.
     *
     * @param newId whether its id was made for it, so that nobody can have used it before, and nobody needs to look
     */
    record Absent(boolean newId) implements ExpectedVersion {
        @Override
        public @Nullable Long edited() {
            return null;
        }

        @Override
        public boolean isBefore(RecordView<?> record) {
            return false;
        }
    }

    ExpectedVersion UNCONDITIONAL = new Unconditional(null);

    ExpectedVersion INTERNAL = new Internal();

    Absent ABSENT = new Absent(false);

    Absent NEW = new Absent(true);

    /** @return whether it holds whatever the record's version is */
    static boolean holdsForAny(ExpectedVersion expected) {
        return expected instanceof Unconditional || expected instanceof Internal;
    }

    static ExpectedVersion version(long version) {
        return new Exactly(version);
    }
}

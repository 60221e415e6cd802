package dev.unlost.versioning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a writer says of the version that the change is based on. */
public sealed interface ExpectedVersion {

    /**
     * The version that was edited.
     *
     * @param version from 1
     * @param updatedAt the time of that version, where the writer named both; the two must belong together
     */
    record Exactly(long version, @Nullable Instant updatedAt) implements ExpectedVersion {
        public Exactly {
            if (version < 1) {
                throw new IllegalArgumentException("versions start at 1, not at " + version);
            }
        }

        public Exactly(long version) {
            this(version, null);
        }
    }

    /**
     * The version that has this {@code updatedAt}, to the microsecond. A time that no version has is a stale one.
     */
    record AsOf(Instant updatedAt) implements ExpectedVersion {}

    /** Applied to whatever version is there, and recorded as such. */
    record Unconditional() implements ExpectedVersion {}

    /** The record must not exist yet, and must never have existed. */
    record Absent() implements ExpectedVersion {}

    ExpectedVersion UNCONDITIONAL = new Unconditional();

    ExpectedVersion ABSENT = new Absent();

    static ExpectedVersion version(long version) {
        return new Exactly(version);
    }
}

package dev.unlost.versioning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event together with its place in its record's history.
 *
 * @param version the record's version once the event has happened
 * @param at when it happened, to the microsecond; strictly later than the version before
 * @param origin who asked for it, and how
 * @param unconditional whether it was applied to whatever version was there
 * @param internal whether it is upkeep, and nobody's edit
 * @param appliedOver what it was applied over; null where its writer had seen all there was
 */
public record Recorded<E extends RecordEvent>(
        long version,
        Instant at,
        Origin origin,
        boolean unconditional,
        boolean internal,
        @Nullable AppliedOver appliedOver,
        E event) {}

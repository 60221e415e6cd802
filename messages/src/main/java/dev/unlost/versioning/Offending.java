package dev.unlost.versioning;

import java.util.List;

/**
 * The records that a rule would not hold for.
 *
 * @param count how many there are
 * @param first up to {@link #NAMED} of them, ordered by id
 */
public record Offending(long count, List<RecordKey> first) {

    /** So many are named. */
    public static final int NAMED = 10;

    public Offending {
        first = List.copyOf(first);
    }
}

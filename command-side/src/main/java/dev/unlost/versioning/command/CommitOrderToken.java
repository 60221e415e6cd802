package dev.unlost.versioning.command;

import java.util.OptionalLong;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log, in the order in which it is read: by appending transaction, then by index. A reader that stays
 * below the oldest running transaction sees nothing appear behind this place.
 *
 * @param transaction the appending transaction's 64-bit id ({@code xid8}), unsigned
 * @param index the event's global index
 */
public record CommitOrderToken(long transaction, long index) implements TrackingToken, Comparable<CommitOrderToken> {

    static final CommitOrderToken BEGINNING = new CommitOrderToken(0, 0);

    @Override
    public int compareTo(CommitOrderToken other) {
        int byTransaction = Long.compareUnsigned(transaction, other.transaction);
        return byTransaction != 0 ? byTransaction : Long.compare(index, other.index);
    }

    @Override
    public @Nullable TrackingToken lowerBound(@Nullable TrackingToken other) {
        return other == null ? null : compareTo((CommitOrderToken) other) <= 0 ? this : other;
    }

    @Override
    public TrackingToken upperBound(@Nullable TrackingToken other) {
        return other == null || compareTo((CommitOrderToken) other) >= 0 ? this : other;
    }

    @Override
    public boolean covers(@Nullable TrackingToken other) {
        return other == null || compareTo((CommitOrderToken) other) >= 0;
    }

    @Override
    public OptionalLong position() {
        return OptionalLong.of(index);
    }
}

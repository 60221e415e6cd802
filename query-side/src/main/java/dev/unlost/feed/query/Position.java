package dev.unlost.feed.query;

/**
 * A place in the log, in the order in which it is read.
 *
 * @param transaction a 64-bit transaction id ({@code xid8}), unsigned
 * @param index the event's global index
 */
record Position(long transaction, long index) implements Comparable<Position> {

    static final Position BEGINNING = new Position(0, 0);

    /** @return the place after everything that lies below this transaction */
    static Position below(long transaction) {
        return new Position(transaction - 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(Position other) {
        int byTransaction = Long.compareUnsigned(transaction, other.transaction);
        return byTransaction != 0 ? byTransaction : Long.compare(index, other.index);
    }

    boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    Position orLater(Position other) {
        return other.isAfter(this) ? other : this;
    }
}

package dev.unlost.feed.query;

/**
 * How far the log can be read at a moment: what lies below the oldest transaction that is still running is complete, as
 * nothing can appear there any more.
 *
 * @param oldestRunning the id of the oldest running transaction; the next one to be given out where none is running
 * @param next the next transaction id to be given out, or an earlier one; unsigned, like the other
 */
record Horizon(long oldestRunning, long next) {

    /** @return the place up to which the log is complete */
    Position complete() {
        return Position.below(oldestRunning);
    }

    /** @return whether a running transaction keeps what came after it from being read */
    boolean isHeld() {
        return Long.compareUnsigned(oldestRunning, next) < 0;
    }
}

package dev.unlost.versioning.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What this node is doing, or last did, to one projection.
 *
 * @param projection the record type's name
 * @param operation null if nothing was ever started
 * @param startedAt null if nothing was ever started
 * @param finishedAt null before the end
 * @param records how many were looked at so far
 * @param expectedRecords how many there were at the start; null if that is not known yet
 * @param differences found so far; by a rebuild: found and mended
 */
public record ProjectionStatus(
        String projection,
        State state,
        @Nullable Operation operation,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long records,
        @Nullable Long expectedRecords,
        Differences differences) {

    /** What can be done to a projection. */
    public enum Operation {
        /** Folds the log and makes the tables say so. */
        REBUILD,
        /** Folds the log and compares; changes nothing. */
        VERIFY
    }

    /** How far it is. */
    public enum State {
        IDLE,
        RUNNING,
        DONE,
        /** Ended by an error, which is in the service's log, or by the node's shutdown. */
        FAILED
    }

    static ProjectionStatus idle(String projection) {
        return new ProjectionStatus(projection, State.IDLE, null, null, null, 0, null, Differences.NONE);
    }

    ProjectionStatus started(Operation started, Instant at) {
        return new ProjectionStatus(projection, State.RUNNING, started, at, null, 0, null, Differences.NONE);
    }

    ProjectionStatus expecting(long total) {
        return new ProjectionStatus(projection, state, operation, startedAt, finishedAt, records, total, differences);
    }

    ProjectionStatus progressed(long moreRecords, Differences found) {
        return new ProjectionStatus(
                projection, state, operation, startedAt, finishedAt, records + moreRecords, expectedRecords, found);
    }

    ProjectionStatus ended(State end, Instant at) {
        return new ProjectionStatus(projection, end, operation, startedAt, at, records, expectedRecords, differences);
    }
}

package dev.unlost.client;

import java.time.Duration;

/**
 * What a subscription tells, in order. Whoever keeps a cursor resumes after the event that it came with.
 */
public sealed interface FeedEvent {

    /** A record changed. */
    record Changed(Change change, String cursor) implements FeedEvent {}

    /** Everything up to here has been delivered; what follows happens from now on. */
    record Synced(String cursor) implements FeedEvent {}

    /** Nothing happened for a while, and the connection is alive. */
    record Heartbeat(String cursor) implements FeedEvent {}

    /**
     * The service cannot go on from where this subscription was: too long ago, or another database. What happened since
     * is not told; all records must be read again, now. What happens from here on is told, so that nothing is missed
     * between reading and listening.
     */
    record Reset(String cursor) implements FeedEvent {}

    /**
     * The connection was lost, or could not be made. It is made again, and nothing is missed.
     *
     * @param cause what became of it; a stream that the service ended by itself is a {@link NoAnswerException}
     * @param retryIn how long until the next attempt
     */
    record Disconnected(UnlostException cause, Duration retryIn) implements FeedEvent {}
}

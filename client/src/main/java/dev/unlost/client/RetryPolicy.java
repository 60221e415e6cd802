package dev.unlost.client;

import java.time.Duration;

/**
 * How often and how long something is tried. Delays double from the first to the longest, and each is drawn at random
 * between nothing and that, so that callers who met once do not meet again.
 *
 * @param attempts the most attempts, the first included; from 1
 * @param time no attempt begins later than this after the first
 * @param firstDelay what the delay before the second attempt is drawn from
 * @param longestDelay what no delay is longer than, unless the service asks for a longer one
 */
public record RetryPolicy(int attempts, Duration time, Duration firstDelay, Duration longestDelay) {

    /** Of calls whose answer got lost, and of those that the service asks to repeat: 10 attempts in 30 s, 50 ms to 2 s. */
    public static final RetryPolicy CALLS =
            new RetryPolicy(10, Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(2));

    /** Of edits that met with a conflict: 100 attempts in 30 s, 5 to 250 ms. */
    public static final RetryPolicy CONFLICTS =
            new RetryPolicy(100, Duration.ofSeconds(30), Duration.ofMillis(5), Duration.ofMillis(250));

    /** Of the feed's connection, without end: 100 ms to 10 s. */
    public static final RetryPolicy CONNECTIONS = new RetryPolicy(
            Integer.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE), Duration.ofMillis(100), Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if there is no attempt, a time is negative, or the longest delay not the longest */
    public RetryPolicy {
        if (attempts < 1 || time.isNegative() || firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "%d attempts in %s, delays %s to %s".formatted(attempts, time, firstDelay, longestDelay));
        }
    }

    /** @return the same with another bound on the attempts */
    public RetryPolicy withAttempts(int most) {
        return new RetryPolicy(most, time, firstDelay, longestDelay);
    }

    /** @return the same with another bound on the time */
    public RetryPolicy withTime(Duration longest) {
        return new RetryPolicy(attempts, longest, firstDelay, longestDelay);
    }

    /**
     * @param failures how many attempts failed in a row, from 1
     * @param random from 0 up to 1
     */
    Duration delay(int failures, double random) {
        double doubled = Math.scalb((double) firstDelay.toNanos(), Math.min(failures - 1, 62));
        return Duration.ofNanos((long) (Math.min(doubled, (double) longestDelay.toNanos()) * random));
    }
}

package dev.unlost.client;

import java.time.Duration;
import java.util.Optional;

/** Counts the attempts at one thing. */
final class Attempts {

    private final RetryPolicy policy;
    private final Timing timing;
    private final long startedAt;
    private int made = 1;

    Attempts(RetryPolicy policy, Timing timing) {
        this.policy = policy;
        this.timing = timing;
        this.startedAt = timing.nanoTime();
    }

    /** @return how many there have been, the one under way included; from 1 */
    int made() {
        return made;
    }

    /** @return whether there may be another one right now */
    boolean another() {
        return anotherAfter(Duration.ZERO).isPresent();
    }

    /**
     * @param atLeast what was asked for; the jitter comes on top, as others were asked the same
     * @return how long to wait before another attempt; empty where there may be none
     */
    Optional<Duration> anotherWithin(Duration atLeast) {
        return anotherAfter(atLeast.plus(policy.delay(made, timing.random())));
    }

    private Optional<Duration> anotherAfter(Duration delay) {
        Duration elapsed = Duration.ofNanos(timing.nanoTime() - startedAt);
        if (made >= policy.attempts() || elapsed.plus(delay).compareTo(policy.time()) > 0) {
            return Optional.empty();
        }
        made++;
        return Optional.of(delay);
    }
}

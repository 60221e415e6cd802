package dev.unlost.client;

import java.time.Duration;
import java.util.Optional;

/** 429: too many calls, or too many streams. The call was repeated as long as its bounds allow. */
public final class RateLimitedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    RateLimitedException(Problem problem, String call, Duration retryAfter) {
        super(problem, call);
        this.retryAfter = retryAfter;
    }

    /** @return how long the service asks to wait; zero where it does not say */
    public Duration retryAfter() {
        return retryAfter;
    }

    @Override
    Optional<Duration> repeatableAfter() {
        return Optional.of(retryAfter);
    }
}

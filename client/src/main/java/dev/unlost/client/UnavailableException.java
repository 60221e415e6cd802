package dev.unlost.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 502, 503 or 504: the service, or something it depends on, cannot answer now. The call was repeated as long as its
 * bounds allow. Whether a write was made is not known; repeated under its key it is made at most once.
 */
public final class UnavailableException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final @Nullable String key;

    UnavailableException(Problem problem, String call, Duration retryAfter, @Nullable String key) {
        super(problem, call);
        this.retryAfter = retryAfter;
        this.key = key;
    }

    /** @return how long the service asks to wait; zero where it does not say */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** @return the key to repeat a write under; empty for reads */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(key);
    }

    @Override
    Optional<Duration> repeatableAfter() {
        return Optional.of(retryAfter);
    }
}

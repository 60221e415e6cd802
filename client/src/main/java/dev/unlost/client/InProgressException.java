package dev.unlost.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** 409: a request with the same idempotency key is still running, and was so for as long as the call's bounds allow. */
public final class InProgressException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final @Nullable String key;

    InProgressException(Problem problem, String call, Duration retryAfter, @Nullable String key) {
        super(problem, call);
        this.retryAfter = retryAfter;
        this.key = key;
    }

    /** @return how long the service asks to wait; zero where it does not say */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** @return the key to repeat the write under */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(key);
    }

    @Override
    Optional<Duration> repeatableAfter() {
        return Optional.of(retryAfter);
    }
}

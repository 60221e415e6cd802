package dev.unlost.client;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No answer came: no node could be reached, connections broke, time ran out, or the calling thread was interrupted (its
 * interrupt flag is then set again). The call was repeated as long as its bounds allow. Whether a write was made is not
 * known; repeated under its key it is made at most once.
 */
public final class NoAnswerException extends UnlostException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String key;

    NoAnswerException(String message, Throwable cause, @Nullable String key) {
        super(message, cause);
        this.key = key;
    }

    /** @return the key to repeat a write under; empty for reads */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(key);
    }

    static NoAnswerException interrupted(String what, InterruptedException cause, @Nullable String key) {
        Thread.currentThread().interrupt();
        return new NoAnswerException(what + ": interrupted", cause, key);
    }

    /** @return whether the call has certainly not reached the node */
    boolean neverSent() {
        return getCause() instanceof ConnectException || getCause() instanceof HttpConnectTimeoutException;
    }

    @Override
    Optional<Duration> repeatableAfter() {
        return getCause() instanceof InterruptedException ? Optional.empty() : Optional.of(Duration.ZERO);
    }
}

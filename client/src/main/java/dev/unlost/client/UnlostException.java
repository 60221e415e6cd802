package dev.unlost.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can come of a call instead of its answer. */
public abstract sealed class UnlostException extends RuntimeException
        permits ProblemException, NoAnswerException, UnexpectedAnswerException {

    private static final long serialVersionUID = 1L;

    UnlostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * @return the least time to wait before the same call, under the same key, may be answered otherwise; empty where it
     *     will not be
     */
    Optional<Duration> repeatableAfter() {
        return Optional.empty();
    }
}

package dev.unlost.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 500: something went wrong inside the service. Whether a write was made is not known; repeated under its key it is made
 * at most once.
 */
public final class ServerFaultException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String key;

    ServerFaultException(Problem problem, String call, @Nullable String key) {
        super(problem, call);
        this.key = key;
    }

    /** @return the key to repeat a write under; empty for reads */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(key);
    }
}

package dev.unlost.client;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the access token until the service refuses it. */
final class Tokens {

    private final @Nullable Supplier<String> supplier;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String token;

    Tokens(@Nullable Supplier<String> supplier) {
        this.supplier = supplier;
    }

    /** @return empty where calls go without one */
    Optional<String> current() {
        if (supplier == null) {
            return Optional.empty();
        }
        lock.lock();
        try {
            if (token == null) {
                token = another(supplier);
            }
            return Optional.of(token);
        } finally {
            lock.unlock();
        }
    }

    /** That none can be had for the moment ends no subscription. */
    private static String another(Supplier<String> supplier) {
        try {
            return supplier.get();
        } catch (RuntimeException e) {
            throw new NoAnswerException("no access token: " + e.getMessage(), e, null);
        }
    }

    /** @return whether there is another token than the one that was refused */
    boolean renew(Optional<String> refused) {
        if (supplier == null) {
            return false;
        }
        lock.lock();
        try {
            if (refused.equals(Optional.ofNullable(token))) {
                token = another(supplier);
            }
            return !refused.equals(Optional.ofNullable(token));
        } finally {
            lock.unlock();
        }
    }
}

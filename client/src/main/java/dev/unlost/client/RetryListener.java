package dev.unlost.client;

import java.time.Duration;

/** Learns of everything that is tried again; for counting and for logs. */
@FunctionalInterface
public interface RetryListener {

    /**
     * @param cause why: a {@link ConflictException}, or what became of the call
     * @param attempt how many attempts there have been, from 1
     * @param delay until the next
     */
    void retrying(UnlostException cause, int attempt, Duration delay);
}

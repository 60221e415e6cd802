package dev.unlost.client;

import java.util.function.Supplier;

/**
 * What the records of one client have in common.
 *
 * @param conflicts how often and how long an update is tried again
 * @param keys gives idempotency keys, each once
 * @param cachedReads how many records of a kind are kept for reading again
 */
record Engine(
        Transport transport,
        RetryPolicy conflicts,
        RetryListener retries,
        Timing timing,
        Supplier<String> keys,
        int cachedReads,
        Changes.Subscriptions subscriptions) {}

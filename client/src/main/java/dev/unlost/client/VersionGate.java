package dev.unlost.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Decides what to do with news of a record, by the record's version alone: however often and in whatever order they come
 * (from the feed, from Kafka, from a webhook), a copy that heeds the gate ends at the newest version.
 *
 * <ul>
 *   <li>lower than or equal to the version that is known: {@link Decision#DROP drop} it;
 *   <li>the next: {@link Decision#APPLY apply} it;
 *   <li>larger: something is missing, {@link Decision#REFETCH refetch} the record.
 * </ul>
 *
 * <p>A record that was never heard of is at version 0. A bounded gate forgets the records heard of longest ago; from then
 * on it answers {@link Decision#REFETCH} for every record that it does not know, as it may have known it.
 *
 * <p>Safe for use by many threads.
 *
 * @param <K> what tells records apart, e.g. their ids; with {@code equals} and {@code hashCode}
 */
public final class VersionGate<K> {

    /** What to do with news. */
    public enum Decision {
        /** Nothing: it is known already. */
        DROP,
        /** It is the next version: apply it. */
        APPLY,
        /** At least one version is missing: read the record, then say so by {@link VersionGate#advance}. */
        REFETCH
    }

    private static final int STRIPES = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Long> versions = new LinkedHashMap<>(16, 0.75f, true);
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final int most;
    private boolean forgetful;

    private VersionGate(int most) {
        this.most = most;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** @return a gate that remembers every record it hears of */
    public static <K> VersionGate<K> unbounded() {
        return new VersionGate<>(Integer.MAX_VALUE);
    }

    /**
     * @param most how many records it remembers, from 1
     * @throws IllegalArgumentException if that is less
     */
    public static <K> VersionGate<K> bounded(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a gate that remembers " + most + " records");
        }
        return new VersionGate<>(most);
    }

    /**
     * Decides on news. Where it says {@link Decision#APPLY}, the version counts as known from now on; where it says
     * {@link Decision#REFETCH}, not before {@link #advance}. Threads that share records use {@link #handle} instead, or
     * one of them might apply version 5 after another has applied 6.
     *
     * @param version the version that the news is of, from 1
     * @throws IllegalArgumentException if it is less
     */
    public Decision offer(K key, long version) {
        lock.lock();
        try {
            Decision decision = decide(key, version);
            if (decision == Decision.APPLY) {
                remember(key, version);
            }
            return decision;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that the record was read.
     *
     * @param version the version that was found
     * @return whether that is news; if not, drop what was read, as something newer was applied meanwhile
     */
    public boolean advance(K key, long version) {
        lock.lock();
        try {
            if (version <= known(key)) {
                return false;
            }
            remember(key, version);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Decides on news and does what was decided, one at a time for each record. What throws leaves the version unknown,
     * so that the same news can be offered again. What is done must not handle news of another record by the same gate, as
     * two threads could then wait for each other.
     *
     * @param version the version that the news is of, from 1
     * @param apply takes the news over
     * @param refetch reads the record, takes it over, and answers with the version found
     */
    public Decision handle(K key, long version, Runnable apply, LongSupplier refetch) {
        ReentrantLock stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        stripe.lock();
        try {
            Decision decision = decideOnly(key, version);
            switch (decision) {
                case DROP -> {}
                case APPLY -> {
                    apply.run();
                    advance(key, version);
                }
                case REFETCH -> advance(key, refetch.getAsLong());
            }
            return decision;
        } finally {
            stripe.unlock();
        }
    }

    /** @return the highest version known; 0 for none */
    public long version(K key) {
        lock.lock();
        try {
            return known(key);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything, as where all records are read anew. */
    public void clear() {
        lock.lock();
        try {
            versions.clear();
            forgetful = false;
        } finally {
            lock.unlock();
        }
    }

    private Decision decideOnly(K key, long version) {
        lock.lock();
        try {
            return decide(key, version);
        } finally {
            lock.unlock();
        }
    }

    private Decision decide(K key, long version) {
        if (version < 1) {
            throw new IllegalArgumentException("there is no version " + version);
        }
        long known = known(key);
        if (version <= known) {
            return Decision.DROP;
        }
        boolean maybeForgotten = known == 0 && forgetful;
        return version == known + 1 && !maybeForgotten ? Decision.APPLY : Decision.REFETCH;
    }

    private long known(K key) {
        Long version = versions.get(key);
        return version == null ? 0 : version;
    }

    private void remember(K key, long version) {
        versions.put(key, version);
        if (versions.size() > most) {
            var eldest = versions.keySet().iterator();
            eldest.next();
            eldest.remove();
            forgetful = true;
        }
    }
}

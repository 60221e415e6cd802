package dev.unlost.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The records read last. Each is asked for all the same, but need not be sent again while it is unchanged. */
final class ReadCache<T> {

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Versioned<T>> records = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most how many records to keep; 0 keeps none */
    ReadCache(int most) {
        this.most = most;
    }

    Optional<Versioned<T>> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(records.get(id));
        } finally {
            lock.unlock();
        }
    }

    void keep(Versioned<T> record) {
        lock.lock();
        try {
            records.put(record.id(), record);
            if (records.size() > most) {
                var eldest = records.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    void forget(String id) {
        lock.lock();
        try {
            records.remove(id);
        } finally {
            lock.unlock();
        }
    }
}

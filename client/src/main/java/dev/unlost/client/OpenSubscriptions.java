package dev.unlost.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those that end with their client. */
final class OpenSubscriptions {

    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    void add(Subscription subscription) {
        open.add(subscription);
    }

    void remove(Subscription ended) {
        open.remove(ended);
    }

    void closeAll() {
        open.forEach(Subscription::close);
    }
}

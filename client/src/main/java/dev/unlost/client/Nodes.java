package dev.unlost.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The nodes of the service. All are equal; one is used until it fails. */
final class Nodes {

    private final List<String> bases;
    private final AtomicInteger current = new AtomicInteger();

    Nodes(List<URI> bases) {
        if (bases.isEmpty()) {
            throw new IllegalArgumentException("at least one address of the service is needed");
        }
        this.bases = bases.stream()
                .map(URI::toString)
                .map(base -> base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                .toList();
    }

    int count() {
        return bases.size();
    }

    /** @return the address of the node to ask, without a slash at the end */
    String current() {
        return bases.get(current.get());
    }

    /** Goes on to the next, unless another caller did so before. */
    void leave(String failed) {
        int index = bases.indexOf(failed);
        current.compareAndSet(index, (index + 1) % bases.size());
    }
}

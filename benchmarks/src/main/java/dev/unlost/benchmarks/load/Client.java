package dev.unlost.benchmarks.load;

import java.io.IOException;

/** Somebody who asks, waits for the answer and asks again. Used by one thread. */
@FunctionalInterface
public interface Client {

    /**
     * Does its work once.
     *
     * @throws IllegalStateException if the answer is not the one that is due
     */
    void operate(HttpConnection connection) throws IOException;
}

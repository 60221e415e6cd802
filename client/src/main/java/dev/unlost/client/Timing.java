package dev.unlost.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Passing time and chance. Nothing here knows what time it is: clients' clocks are off. */
interface Timing {

    Timing SYSTEM = new Timing() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    };

    /** @return nanoseconds since whenever */
    long nanoTime();

    void sleep(Duration duration) throws InterruptedException;

    /** @return from 0 up to 1 */
    double random();
}

package dev.unlost.ids;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then 74 random ones. They tell things apart, and keep
 * nobody from guessing them: nothing here is allowed to whoever knows an id.
 */
public final class TimeOrderedIds {

    private TimeOrderedIds() {}

    public static UUID next(Clock clock) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return of(clock.millis(), random.nextLong(), random.nextLong());
    }

    static UUID of(long millis, long random, long moreRandom) {
        long high = millis << 16 | 0x7000 | (random & 0x0FFF);
        long low = 0x8000_0000_0000_0000L | (moreRandom >>> 2);
        return new UUID(high, low);
    }
}

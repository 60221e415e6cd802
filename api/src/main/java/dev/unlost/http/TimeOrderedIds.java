package dev.unlost.http;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then 74 random ones. */
public final class TimeOrderedIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedIds() {}

    public static UUID next(Clock clock) {
        return of(clock.millis(), RANDOM.nextLong(), RANDOM.nextLong());
    }

    static UUID of(long millis, long random, long moreRandom) {
        long high = millis << 16 | 0x7000 | (random & 0x0FFF);
        long low = 0x8000_0000_0000_0000L | (moreRandom >>> 2);
        return new UUID(high, low);
    }
}

package dev.unlost.versioning;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as this service shows and keeps them: RFC 3339, UTC, always six decimals, e.g. 2026-11-22T10:15:30.123456Z. */
public final class Timestamps {

    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .appendLiteral('Z')
            .toFormatter(java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private Timestamps() {}

    /** @return whether the time is in a year from 1 to 9999 in UTC, as RFC 3339 can write it and PostgreSQL keep it */
    public static boolean isFourDigitYear(Instant time) {
        return !time.isBefore(YEAR_1) && time.isBefore(YEAR_10000);
    }

    public static String format(Instant instant) {
        return RFC_3339.format(instant);
    }

    /**
     * @param previous the time of the version before; null for the first
     * @return the clock's time in whole microseconds, or one microsecond after {@code previous} where the clock has not
     *     moved on
     */
    public static Instant next(Clock clock, @Nullable Instant previous) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return previous == null || now.isAfter(previous) ? now : previous.plus(1, ChronoUnit.MICROS);
    }
}

package dev.unlost.versioning;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored beside an event's payload: its {@link Origin}, its time, and how the writer said what the change was
 * based on. The time is metadata and not the message's own timestamp because the record sets it: strictly increasing,
 * to the microsecond, whatever the clock does.
 */
public final class EventMetaData {

    /** RFC 3339 text of {@link Recorded#at()}, UTC, microseconds. */
    public static final String AT = "at";

    /** One of {@code version}, {@code updatedAt}, {@code unconditional}, {@code internal}, {@code absent}. */
    public static final String PRECONDITION = "precondition";

    private static final String UNCONDITIONAL = "unconditional";

    private static final String INTERNAL = "internal";

    private static final String APPLIED_OVER = "appliedOver";

    private EventMetaData() {}

    public static Map<String, Object> of(Origin origin, Instant at, ExpectedVersion expected) {
        Map<String, Object> entries = new LinkedHashMap<>(origin.toMetaData());
        entries.put(AT, Timestamps.format(at));
        entries.put(
                PRECONDITION,
                switch (expected) {
                    case ExpectedVersion.Exactly exactly -> "version";
                    case ExpectedVersion.AsOf asOf -> "updatedAt";
                    case ExpectedVersion.Unconditional unconditional -> UNCONDITIONAL;
                    case ExpectedVersion.Internal internal -> INTERNAL;
                    case ExpectedVersion.Absent absent -> "absent";
                });
        return entries;
    }

    /**
     * @param key of the request that led to the event; null where it had none
     * @param over what the event was applied over; null where its writer had seen all there was
     */
    public static Map<String, Object> of(
            Origin origin,
            Instant at,
            ExpectedVersion expected,
            @Nullable IdempotencyKey key,
            @Nullable AppliedOver over) {
        Map<String, Object> entries = of(origin, at, expected);
        if (key != null) {
            entries.put(IdempotencyKey.KEY, key.key());
        }
        if (over != null) {
            entries.put(APPLIED_OVER, over.toJson());
        }
        return entries;
    }

    /** @param sequenceNumber the event's sequence number, from 0 */
    public static <E extends RecordEvent> Recorded<E> recorded(E event, long sequenceNumber, Map<String, ?> metaData) {
        return new Recorded<>(
                sequenceNumber + 1,
                at(metaData),
                Origin.of(metaData),
                UNCONDITIONAL.equals(metaData.get(PRECONDITION)),
                INTERNAL.equals(metaData.get(PRECONDITION)),
                metaData.get(APPLIED_OVER) instanceof Map<?, ?> over ? AppliedOver.of(over) : null,
                event);
    }

    /** @throws IllegalStateException if there is no time */
    public static Instant at(Map<String, ?> metaData) {
        if (metaData.get(AT) instanceof String text) {
            return Instant.parse(text);
        }
        throw new IllegalStateException("an event without a time");
    }
}

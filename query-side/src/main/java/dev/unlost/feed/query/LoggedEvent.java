package dev.unlost.feed.query;

import dev.unlost.versioning.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored.
 *
 * @param sequence the sequence number, from 0
 * @param payload JSON, as is the metadata
 */
record LoggedEvent(
        Position position,
        String factoryId,
        RecordKey key,
        long sequence,
        Instant at,
        String payloadType,
        @Nullable String payloadRevision,
        String payload,
        String metaData) {}

package dev.unlost.client;

import java.time.Instant;

/**
 * A record at one version.
 *
 * @param id the record's id; never reused
 * @param version from 1, one more for every accepted change
 * @param value the contents
 * @param createdAt when version 1 came to be, to the microsecond
 * @param createdBy the {@code sub} of who created it
 * @param updatedAt when this version came to be, to the microsecond; strictly later than that of the version before
 * @param updatedBy the {@code sub} of who made this version
 * @param deleted whether this version is the deletion; the contents are then those that were deleted
 */
public record Versioned<T>(
        String id,
        long version,
        T value,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy,
        boolean deleted) {}

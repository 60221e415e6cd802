package dev.unlost.versioning;

import java.time.Instant;

/**
 * A record at one version.
 *
 * @param version from 1, one more for every accepted change
 * @param deleted whether this version is the deletion; the contents are those that were deleted
 * @param createdBy the {@code sub} of who created it
 * @param updatedAt when this version came to be, to the microsecond; strictly later than that of the version before
 * @param updatedBy the {@code sub} of who made this version
 * @param details the contents
 */
public record RecordView<D>(
        RecordKey key,
        String factoryId,
        long version,
        boolean deleted,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy,
        D details) {}

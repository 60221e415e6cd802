package dev.unlost.benchmarks.plain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer as it is answered. */
record CustomerResponse(
        UUID id,
        String factoryId,
        long version,
        String name,
        @Nullable String contactName,
        @Nullable String contactTitle,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address address,
        List<String> tags,
        @Nullable String notes,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {}

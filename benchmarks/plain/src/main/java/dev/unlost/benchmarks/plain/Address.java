package dev.unlost.benchmarks.plain;

import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

@Embeddable
record Address(
        @Nullable @Size(max = 200) String street,
        @Nullable @Size(max = 200) String city,
        @Nullable @Size(max = 200) String region,
        @Nullable @Size(max = 20) String postalCode,
        @Nullable @Size(max = 2) String country) {}

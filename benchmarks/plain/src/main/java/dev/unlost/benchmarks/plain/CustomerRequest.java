package dev.unlost.benchmarks.plain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer to create. */
record CustomerRequest(
        @NotBlank @Size(max = 200) String name,
        @Nullable @Size(max = 200) String contactName,
        @Nullable @Size(max = 200) String contactTitle,
        @Nullable @Email @Size(max = 254) String email,
        @Nullable @Size(max = 50) String phone,
        @Nullable @Valid Address address,
        @Nullable @Size(max = 50) List<@Size(max = 50) String> tags,
        @Nullable @Size(max = 10_000) String notes) {}

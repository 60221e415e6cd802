package dev.unlost.client;

import org.jspecify.annotations.Nullable;

/**
 * A postal address: one value, replaced whole.
 *
 * @param street up to 200 characters
 * @param city up to 200 characters
 * @param region up to 200 characters
 * @param postalCode up to 20 characters
 * @param country ISO 3166-1 alpha-2, upper case
 */
public record Address(
        @Nullable String street,
        @Nullable String city,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable String country) {}

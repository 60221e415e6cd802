package dev.unlost.customer;

import dev.unlost.versioning.FieldErrors;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
        @Nullable String country) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    void check(FieldErrors errors) {
        errors.line("address.street", street, 200);
        errors.line("address.city", city, 200);
        errors.line("address.region", region, 200);
        errors.line("address.postalCode", postalCode, 20);
        if (country != null && !COUNTRIES.contains(country)) {
            errors.add("address.country", "country", "must be an ISO 3166-1 alpha-2 code such as DE");
        }
    }

    /** @return whether no member is set; such an address is kept as none */
    boolean saysNothing() {
        return street == null && city == null && region == null && postalCode == null && country == null;
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("street", street);
        json.put("city", city);
        json.put("region", region);
        json.put("postalCode", postalCode);
        json.put("country", country);
        return json;
    }
}

package dev.unlost.customer;

import dev.unlost.versioning.FieldErrors;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a customer record says. What is stored is read as it is, whatever the rules were when it was written: they hold for
 * those who write, and commands see to them.
 *
 * @param name 1 to 200 characters
 * @param contactName up to 200 characters
 * @param contactTitle up to 200 characters
 * @param email up to 254 characters, something on both sides of an @
 * @param phone kept as typed, up to 50 characters
 * @param tags a set, in order; up to 50 of 1 to 50 characters
 * @param notes up to 10 000 characters, may span lines
 */
public record CustomerDetails(
        String name,
        @Nullable String contactName,
        @Nullable String contactTitle,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address address,
        List<String> tags,
        @Nullable String notes) {

    private static final int MAX_TAGS = 50;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    public CustomerDetails {
        address = address == null || address.saysNothing() ? null : address;
        tags = tags == null ? List.of() : sorted(tags);
    }

    /**
     * @return this, which may be written
     * @throws dev.unlost.versioning.Refusal.InvalidFields naming every field that is out of range
     */
    public CustomerDetails checked() {
        FieldErrors errors = new FieldErrors();
        errors.requiredLine("name", name, 200);
        errors.line("contactName", contactName, 200);
        errors.line("contactTitle", contactTitle, 200);
        errors.line("email", email, 254);
        if (email != null && !EMAIL.matcher(email).matches()) {
            errors.add("email", "email", "must be an e-mail address");
        }
        errors.line("phone", phone, 50);
        if (address != null) {
            address.check(errors);
        }
        if (tags.size() > MAX_TAGS) {
            errors.add("tags", "too-many", "must not be more than " + MAX_TAGS);
        }
        for (int i = 0; i < tags.size(); i++) {
            errors.requiredLine("tags[" + i + "]", tags.get(i), 50);
        }
        errors.text("notes", notes, 10_000);
        errors.throwIfAny();
        return this;
    }

    private static List<String> sorted(List<String> tags) {
        return Collections.unmodifiableList(List.copyOf(new TreeSet<>(tags)));
    }
}

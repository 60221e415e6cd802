package dev.unlost.customer;

import dev.unlost.versioning.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an event changed: only fields whose value differs, each with its value before and after. */
public record CustomerChanges(
        @Nullable Change<String> name,
        @Nullable Change<String> contactName,
        @Nullable Change<String> contactTitle,
        @Nullable Change<String> email,
        @Nullable Change<String> phone,
        @Nullable Change<Address> address,
        @Nullable Change<List<String>> tags,
        @Nullable Change<String> notes) {

    public static CustomerChanges between(CustomerDetails before, CustomerDetails after) {
        return new CustomerChanges(
                Change.between(before.name(), after.name()),
                Change.between(before.contactName(), after.contactName()),
                Change.between(before.contactTitle(), after.contactTitle()),
                Change.between(before.email(), after.email()),
                Change.between(before.phone(), after.phone()),
                Change.between(before.address(), after.address()),
                Change.between(before.tags(), after.tags()),
                Change.between(before.notes(), after.notes()));
    }

    @SuppressWarnings("NullAway") // name and tags never change to null
    CustomerDetails applyTo(CustomerDetails before) {
        return new CustomerDetails(
                Change.after(name, before.name()),
                Change.after(contactName, before.contactName()),
                Change.after(contactTitle, before.contactTitle()),
                Change.after(email, before.email()),
                Change.after(phone, before.phone()),
                Change.after(address, before.address()),
                Change.after(tags, before.tags()),
                Change.after(notes, before.notes()));
    }

    /** @return by field name, as plain JSON, in the order of the fields */
    Map<String, Change<?>> byField() {
        Map<String, Change<?>> changes = new LinkedHashMap<>();
        put(changes, "name", name);
        put(changes, "contactName", contactName);
        put(changes, "contactTitle", contactTitle);
        put(changes, "email", email);
        put(changes, "phone", phone);
        put(changes, "address", address == null ? null : new Change<>(json(address.from()), json(address.to())));
        put(changes, "tags", tags);
        put(changes, "notes", notes);
        return changes;
    }

    private static @Nullable Object json(@Nullable Address address) {
        return address == null ? null : address.toJson();
    }

    private static void put(Map<String, Change<?>> changes, String field, @Nullable Change<?> change) {
        if (change != null) {
            changes.put(field, change);
        }
    }
}

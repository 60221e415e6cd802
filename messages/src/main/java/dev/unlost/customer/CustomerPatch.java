package dev.unlost.customer;

import dev.unlost.versioning.Assign;
import dev.unlost.versioning.FieldErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that a PATCH sets, in the meaning of RFC 7396: a field without an {@link Assign} is left as it is. */
public record CustomerPatch(
        @Nullable Assign<String> name,
        @Nullable Assign<String> contactName,
        @Nullable Assign<String> contactTitle,
        @Nullable Assign<String> email,
        @Nullable Assign<String> phone,
        @Nullable Assign<Address> address,
        @Nullable Assign<List<String>> tags,
        @Nullable Assign<String> notes) {

    private static final CustomerDetails ANY =
            new CustomerDetails("any", null, null, null, null, null, List.of(), null);

    /** @throws dev.unlost.versioning.Refusal.InvalidFields if a value is invalid whatever it is applied to */
    public CustomerPatch {
        if (name != null && name.value() == null) {
            FieldErrors errors = new FieldErrors();
            errors.add("name", "required", "cannot be removed");
            errors.throwIfAny();
        }
        merge(ANY, name, contactName, contactTitle, email, phone, address, tags, notes)
                .checked();
    }

    /** @return {@code before} with the fields of this patch set */
    public CustomerDetails applyTo(CustomerDetails before) {
        return merge(before, name, contactName, contactTitle, email, phone, address, tags, notes);
    }

    @SuppressWarnings("NullAway") // the name is checked by the constructor, and no tags become none
    private static CustomerDetails merge(
            CustomerDetails before,
            @Nullable Assign<String> name,
            @Nullable Assign<String> contactName,
            @Nullable Assign<String> contactTitle,
            @Nullable Assign<String> email,
            @Nullable Assign<String> phone,
            @Nullable Assign<Address> address,
            @Nullable Assign<List<String>> tags,
            @Nullable Assign<String> notes) {
        return new CustomerDetails(
                Assign.after(name, before.name()),
                Assign.after(contactName, before.contactName()),
                Assign.after(contactTitle, before.contactTitle()),
                Assign.after(email, before.email()),
                Assign.after(phone, before.phone()),
                Assign.after(address, before.address()),
                Assign.after(tags, before.tags()),
                Assign.after(notes, before.notes()));
    }

    Map<String, @Nullable Object> sent() {
        Map<String, @Nullable Object> applied = CustomerType.INSTANCE.fields(applyTo(ANY));
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        keep(sent, applied, "name", name);
        keep(sent, applied, "contactName", contactName);
        keep(sent, applied, "contactTitle", contactTitle);
        keep(sent, applied, "email", email);
        keep(sent, applied, "phone", phone);
        keep(sent, applied, "address", address);
        keep(sent, applied, "tags", tags);
        keep(sent, applied, "notes", notes);
        return sent;
    }

    private static void keep(
            Map<String, @Nullable Object> sent,
            Map<String, @Nullable Object> applied,
            String field,
            @Nullable Assign<?> assign) {
        if (assign != null) {
            sent.put(field, applied.get(field));
        }
    }
}

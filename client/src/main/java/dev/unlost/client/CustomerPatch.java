package dev.unlost.client;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The members of a customer that a PATCH sets; null clears. Immutable: each method answers with another patch. */
public final class CustomerPatch implements Patch<Customer> {

    private static final CustomerPatch NOTHING = new CustomerPatch(Json.object());

    private final ObjectNode members;

    private CustomerPatch(ObjectNode members) {
        this.members = members;
    }

    /** @return a patch that sets nothing yet */
    public static CustomerPatch create() {
        return NOTHING;
    }

    public CustomerPatch name(String name) {
        return with("name", name);
    }

    public CustomerPatch contactName(@Nullable String contactName) {
        return with("contactName", contactName);
    }

    public CustomerPatch contactTitle(@Nullable String contactTitle) {
        return with("contactTitle", contactTitle);
    }

    public CustomerPatch email(@Nullable String email) {
        return with("email", email);
    }

    public CustomerPatch phone(@Nullable String phone) {
        return with("phone", phone);
    }

    /** @param address replaces the whole address */
    public CustomerPatch address(@Nullable Address address) {
        return with("address", address);
    }

    /** @param tags replace all tags */
    public CustomerPatch tags(Set<String> tags) {
        return with("tags", new TreeSet<>(tags));
    }

    public CustomerPatch notes(@Nullable String notes) {
        return with("notes", notes);
    }

    @Override
    public ObjectNode toJson() {
        return members.deepCopy();
    }

    @Override
    public String toString() {
        return "CustomerPatch" + members;
    }

    private CustomerPatch with(String member, @Nullable Object value) {
        ObjectNode more = members.deepCopy();
        more.set(member, Json.MAPPER.valueToTree(value));
        return new CustomerPatch(more);
    }
}

package dev.unlost.customer;

import static java.util.Objects.requireNonNull;

import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.versioning.RecordType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record type {@code customer}. */
public final class CustomerType implements RecordType<CustomerDetails, CustomerEvent> {

    public static final CustomerType INSTANCE = new CustomerType();

    private CustomerType() {}

    @Override
    public String name() {
        return "customer";
    }

    @Override
    public Class<CustomerDetails> detailsType() {
        return CustomerDetails.class;
    }

    @Override
    public Class<CustomerEvent> eventType() {
        return CustomerEvent.class;
    }

    @Override
    public CustomerDetails evolve(@Nullable CustomerDetails before, CustomerEvent event) {
        return switch (event) {
            case CustomerCreated created -> created.details();
            case CustomerUpdated updated -> updated.changed().applyTo(requireNonNull(before));
            case CustomerDeleted deleted -> requireNonNull(before);
            case CustomerRestored restored -> restored.changed().applyTo(requireNonNull(before));
        };
    }

    @Override
    public Map<String, @Nullable Object> fields(CustomerDetails details) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", details.name());
        fields.put("contactName", details.contactName());
        fields.put("contactTitle", details.contactTitle());
        fields.put("email", details.email());
        fields.put("phone", details.phone());
        fields.put(
                "address", details.address() == null ? null : details.address().toJson());
        fields.put("tags", details.tags());
        fields.put("notes", details.notes());
        return fields;
    }

    @Override
    public Map<String, Class<? extends CustomerEvent>> eventNames() {
        return Map.of(
                "customer.created", CustomerCreated.class,
                "customer.updated", CustomerUpdated.class,
                "customer.deleted", CustomerDeleted.class,
                "customer.restored", CustomerRestored.class);
    }

    @Override
    public int weight(CustomerDetails details) {
        // the short fields together, and two bytes for every character of the one that can be long
        String notes = details.notes();
        return 1_000 + 100 * details.tags().size() + (notes == null ? 0 : 2 * notes.length());
    }
}

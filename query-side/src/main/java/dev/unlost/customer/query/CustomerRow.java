package dev.unlost.customer.query;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.versioning.query.RecordRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A customer as the read model has it. */
@Entity
@Immutable
@Table(schema = "unlost", name = "customer")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // filled by JPA
class CustomerRow extends RecordRow<CustomerDetails> {

    private String name;
    private String nameKey;
    private @Nullable String contactName;
    private @Nullable String contactTitle;
    private @Nullable String email;
    private @Nullable String emailKey;
    private @Nullable String phone;
    private @Nullable String street;
    private @Nullable String city;
    private @Nullable String region;
    private @Nullable String postalCode;
    private @Nullable String country;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> tags;

    private @Nullable String notes;

    String nameKey() {
        return nameKey;
    }

    @Override
    protected CustomerDetails details() {
        return new CustomerDetails(
                name,
                contactName,
                contactTitle,
                email,
                phone,
                new Address(street, city, region, postalCode, country),
                tags,
                notes);
    }
}

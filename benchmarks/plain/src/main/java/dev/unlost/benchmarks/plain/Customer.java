package dev.unlost.benchmarks.plain;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
class Customer {

    @Id
    private UUID id;

    private String factoryId;

    @Version
    private @Nullable Long version;

    private String name;
    private @Nullable String contactName;
    private @Nullable String contactTitle;
    private @Nullable String email;
    private @Nullable String phone;

    @Embedded
    private @Nullable Address address;

    private List<String> tags;
    private @Nullable String notes;
    private Instant createdAt;
    private String createdBy;
    private Instant updatedAt;
    private String updatedBy;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected Customer() {}

    Customer(UUID id, String factoryId, CustomerRequest request, String actor, Instant now) {
        this.id = id;
        this.factoryId = factoryId;
        this.name = request.name();
        this.contactName = request.contactName();
        this.contactTitle = request.contactTitle();
        this.email = request.email();
        this.phone = request.phone();
        this.address = request.address();
        this.tags = request.tags() == null ? List.of() : request.tags();
        this.notes = request.notes();
        this.createdAt = now;
        this.createdBy = actor;
        this.updatedAt = now;
        this.updatedBy = actor;
    }

    void change(CustomerPatch patch, String actor, Instant now) {
        name = patch.name() == null ? name : patch.name();
        contactName = patch.contactName() == null ? contactName : patch.contactName();
        contactTitle = patch.contactTitle() == null ? contactTitle : patch.contactTitle();
        email = patch.email() == null ? email : patch.email();
        phone = patch.phone() == null ? phone : patch.phone();
        address = patch.address() == null ? address : patch.address();
        tags = patch.tags() == null ? tags : patch.tags();
        notes = patch.notes() == null ? notes : patch.notes();
        updatedAt = now;
        updatedBy = actor;
    }

    /** @return from 0, once it is saved */
    long version() {
        return version == null ? 0 : version;
    }

    CustomerResponse toResponse() {
        return new CustomerResponse(
                id,
                factoryId,
                version(),
                name,
                contactName,
                contactTitle,
                email,
                phone,
                address,
                tags,
                notes,
                createdAt,
                createdBy,
                updatedAt,
                updatedBy);
    }
}

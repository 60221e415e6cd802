package dev.unlost.customer.query;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** A tag of a customer that is not deleted. Lists join it; nobody reads it by itself. */
@Entity
@Immutable
@Table(schema = "unlost", name = "customer_tag")
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // filled by JPA
class CustomerTagRow {

    @EmbeddedId
    private Key key;

    private String nameKey;

    @Embeddable
    record Key(String factoryId, String customerId, String tag) implements Serializable {}
}

package dev.unlost.people.query;

import dev.unlost.people.Person;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A person of a factory, as the command side wrote it. */
@Entity
@Immutable
@Table(schema = "unlost", name = "person")
class PersonRow {

    @Embeddable
    record Key(String factoryId, String id) {}

    @EmbeddedId
    private Key key;

    private @Nullable String email;

    private @Nullable String nickname;

    @SuppressWarnings("NullAway.Init") // JPA fills the fields
    protected PersonRow() {}

    Person person() {
        return new Person(key.id(), email, nickname);
    }
}

package dev.unlost.client;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a customer record says. The service checks the ranges; this class does not.
 *
 * @param name 1 to 200 characters
 * @param contactName up to 200 characters
 * @param contactTitle up to 200 characters
 * @param email up to 254 characters
 * @param phone kept as typed, up to 50 characters
 * @param address one value, replaced whole
 * @param tags up to 50 of 1 to 50 characters; kept in their natural order
 * @param notes up to 10 000 characters
 */
public record Customer(
        String name,
        @Nullable String contactName,
        @Nullable String contactTitle,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address address,
        Set<String> tags,
        @Nullable String notes) {

    public Customer {
        // equal sets must give equal JSON
        tags = tags == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(tags));
    }

    /** @return a customer of whom only the name is known */
    public static Customer named(String name) {
        return new Customer(name, null, null, null, null, null, Set.of(), null);
    }

    /** @return the same with another name */
    public Customer withName(String other) {
        return new Customer(other, contactName, contactTitle, email, phone, address, tags, notes);
    }

    /** @return the same with another contact; null for none */
    public Customer withContactName(@Nullable String other) {
        return new Customer(name, other, contactTitle, email, phone, address, tags, notes);
    }

    /** @return the same with another title of the contact; null for none */
    public Customer withContactTitle(@Nullable String other) {
        return new Customer(name, contactName, other, email, phone, address, tags, notes);
    }

    /** @return the same with another e-mail address; null for none */
    public Customer withEmail(@Nullable String other) {
        return new Customer(name, contactName, contactTitle, other, phone, address, tags, notes);
    }

    /** @return the same with another phone number; null for none */
    public Customer withPhone(@Nullable String other) {
        return new Customer(name, contactName, contactTitle, email, other, address, tags, notes);
    }

    /** @return the same with another postal address; null for none */
    public Customer withAddress(@Nullable Address other) {
        return new Customer(name, contactName, contactTitle, email, phone, other, tags, notes);
    }

    /** @return the same with other tags */
    public Customer withTags(Set<String> others) {
        return new Customer(name, contactName, contactTitle, email, phone, address, others, notes);
    }

    /** @return the same with other notes; null for none */
    public Customer withNotes(@Nullable String other) {
        return new Customer(name, contactName, contactTitle, email, phone, address, tags, other);
    }
}

package dev.unlost.customer.query;

import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.SearchText;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/** The customers of one page and after, in order, in terms that the tables' indexes serve. */
final class CustomerList implements Specification<CustomerRow> {

    private static final long serialVersionUID = 1L;

    /** What times can be asked for: years of four digits. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int LONGEST_FILTER = 254;

    private final String factory;
    private final transient ListCustomers query;
    private final transient @Nullable Instant updatedAfter;

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every parameter that cannot be meant */
    CustomerList(String factory, ListCustomers query) {
        this.factory = factory;
        this.query = query;
        FieldErrors errors = new FieldErrors();
        errors.text("name", query.namePrefix(), LONGEST_FILTER);
        errors.text("email", query.email(), LONGEST_FILTER);
        errors.text("tag", query.tag(), LONGEST_FILTER);
        errors.text("country", query.country(), LONGEST_FILTER);
        if (query.updatedSince() != null && outOfRange(query.updatedSince())) {
            errors.add("updatedSince", "range", "must be a time in the years 0001 to 9999");
        }
        Position after = query.after();
        this.updatedAfter = after == null || query.sort() != Sort.UPDATED_AT ? null : time(after.value());
        if (after != null) {
            errors.text("after", after.value(), Integer.MAX_VALUE);
            errors.text("after", after.id(), LONGEST_FILTER);
            if (query.sort() == Sort.UPDATED_AT && (updatedAfter == null || outOfRange(updatedAfter))) {
                errors.add("after", "position", "must be the next of a page in the same order");
            }
        }
        errors.throwIfAny();
    }

    private static boolean outOfRange(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST);
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public Predicate toPredicate(Root<CustomerRow> customer, CriteriaQuery<?> criteria, CriteriaBuilder builder) {
        HibernateCriteriaBuilder cb = (HibernateCriteriaBuilder) builder;
        Path<String> id = customer.get("key").get("id");
        Path<String> nameKey = customer.get("nameKey");
        Path<Instant> updatedAt = customer.get("updatedAt");

        List<Predicate> conditions = new ArrayList<>();
        conditions.add(cb.equal(customer.get("key").get("factoryId"), factory));
        conditions.add(cb.isFalse(customer.get("deleted")));
        if (query.email() != null) {
            conditions.add(cb.equal(customer.get("emailKey"), SearchText.key(query.email())));
        }
        if (query.country() != null) {
            conditions.add(cb.equal(customer.get("country"), query.country()));
        }
        if (query.updatedSince() != null) {
            conditions.add(cb.greaterThanOrEqualTo(updatedAt, query.updatedSince()));
        }
        if (query.tag() != null) {
            Root<CustomerTagRow> tag = criteria.from(CustomerTagRow.class);
            Path<String> customerId = tag.get("key").get("customerId");
            conditions.add(cb.equal(tag.get("key").get("factoryId"), factory));
            conditions.add(cb.equal(tag.get("key").get("tag"), query.tag()));
            conditions.add(cb.equal(customerId, id));
            if (query.sort() == Sort.NAME) {
                // the tag's rows are in the order of names themselves
                nameKey = tag.get("nameKey");
                id = customerId;
            }
        }
        if (query.namePrefix() != null) {
            String prefix = SearchText.key(query.namePrefix());
            conditions.add(cb.greaterThanOrEqualTo(nameKey, prefix));
            String beyond = SearchText.beyond(prefix);
            if (beyond != null) {
                conditions.add(cb.lessThan(nameKey, beyond));
            }
        }

        Expression<?> value =
                switch (query.sort()) {
                    case NAME -> nameKey;
                    case UPDATED_AT -> updatedAt;
                };
        if (query.after() != null) {
            Object valueAfter = updatedAfter == null ? query.after().value() : updatedAfter;
            // a comparison of rows is one range of an index; the same spelled with "or" is a filter
            conditions.add(cb.isTrue(cb.sql(
                    query.descending() ? "((?, ?) < (?, ?))" : "((?, ?) > (?, ?))",
                    Boolean.class,
                    value,
                    id,
                    cb.value(valueAfter),
                    cb.value(query.after().id()))));
        }
        criteria.orderBy(
                query.descending() ? cb.desc(value) : cb.asc(value), query.descending() ? cb.desc(id) : cb.asc(id));
        return cb.and(conditions.toArray(Predicate[]::new));
    }
}

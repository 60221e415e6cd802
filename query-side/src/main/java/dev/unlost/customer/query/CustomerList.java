package dev.unlost.customer.query;

import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.SearchText;
import dev.unlost.versioning.Timestamps;
import dev.unlost.versioning.query.Fragment;
import dev.unlost.versioning.query.ListSql;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The customers of one page, and the one after, in order, in terms that the tables' indexes serve. */
final class CustomerList {

    private static final int LONGEST_FILTER = 254;

    private final ListCustomers query;

    /** The columns of the order: a value, and the id where that is the same. */
    private final String order;

    private final ListSql sql = new ListSql();

    private CustomerList(ListCustomers query) {
        this.query = query;
        this.order = switch (query.sort()) {
            // the rows of a tag are in the order of names themselves
            case NAME -> query.tag() == null ? "c.name_key, c.id" : "t.name_key, t.customer_id";
            case UPDATED_AT -> "c.updated_at, c.id";
        };
    }

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every parameter that cannot be meant */
    static Fragment sql(String factory, ListCustomers query) {
        CustomerList list = new CustomerList(query);
        FieldErrors errors = new FieldErrors();
        list.conditions(factory, errors);
        list.after(errors);
        errors.throwIfAny();
        list.sql.add(" order by " + (query.descending() ? list.order.replace(",", " desc,") + " desc" : list.order));
        return list.sql.add(" limit ?", query.limit() + 1).whole();
    }

    private void conditions(String factory, FieldErrors errors) {
        query.ids().forEach(id -> errors.text("id", id, LONGEST_FILTER));
        errors.text("name", query.namePrefix(), LONGEST_FILTER);
        errors.text("email", query.email(), LONGEST_FILTER);
        errors.text("tag", query.tag(), LONGEST_FILTER);
        errors.text("country", query.country(), LONGEST_FILTER);
        sql.add("select c.* from unlost.customer c");
        if (query.tag() == null) {
            sql.add(" where c.factory_id = ?", factory);
        } else {
            sql.add(" join unlost.customer_tag t on t.customer_id = c.id where c.factory_id = ?", factory)
                    .add(" and t.factory_id = ? and t.tag = ?", factory, query.tag());
        }
        sql.add(" and not c.deleted").oneOf("c.id", query.ids());
        if (query.email() != null) {
            sql.add(" and c.email_key = ?", SearchText.key(query.email()));
        }
        if (query.country() != null) {
            sql.add(" and c.country = ?", query.country());
        }
        if (query.updatedSince() != null) {
            if (Timestamps.isFourDigitYear(query.updatedSince())) {
                sql.add(" and c.updated_at >= ?", query.updatedSince().atOffset(ZoneOffset.UTC));
            } else {
                errors.add("updatedSince", "range", "must be a time in the years 0001 to 9999");
            }
        }
        if (query.namePrefix() != null) {
            String column = query.sort() == Sort.NAME && query.tag() != null ? "t.name_key" : "c.name_key";
            String prefix = SearchText.key(query.namePrefix());
            sql.add(" and " + column + " >= ?", prefix);
            String beyond = SearchText.beyond(prefix);
            if (beyond != null) {
                sql.add(" and " + column + " < ?", beyond);
            }
        }
    }

    private void after(FieldErrors errors) {
        Position after = query.after();
        if (after == null) {
            return;
        }
        errors.text("after", after.value(), Integer.MAX_VALUE);
        errors.text("after", after.id(), LONGEST_FILTER);
        @Nullable
        Object value =
                switch (query.sort()) {
                    case NAME -> after.value();
                    case UPDATED_AT -> time(after.value());
                };
        if (value == null) {
            errors.add("after", "position", "must be the next of a page in the same order");
            return;
        }
        // a comparison of rows is one range of an index; the same spelled with "or" is a filter
        sql.add(" and (" + order + (query.descending() ? ") < (?, ?)" : ") > (?, ?)"), value, after.id());
    }

    private static @Nullable OffsetDateTime time(String text) {
        try {
            Instant time = Instant.parse(text);
            return Timestamps.isFourDigitYear(time) ? time.atOffset(ZoneOffset.UTC) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

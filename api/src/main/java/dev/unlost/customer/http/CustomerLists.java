package dev.unlost.customer.http;

import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.http.Cursor;
import dev.unlost.http.QueryParameters;
import dev.unlost.http.RecordReads.Listing;
import dev.unlost.http.RecordReads.Page;
import dev.unlost.http.Times;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists of customers: what they can be filtered and sorted by. */
final class CustomerLists {

    static final Set<String> FILTERS = Set.of("name", "email", "tag", "country", "updatedSince");

    static final List<String> SORTS = List.of("name", "-name", "updatedAt", "-updatedAt");

    /** Years of four digits, whatever the offset makes of them. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

    private CustomerLists() {}

    static ListCustomers query(Listing listing) {
        QueryParameters parameters = listing.parameters();
        String field = listing.sort().replace("-", "");
        Sort sort = field.equals("name") ? Sort.NAME : Sort.UPDATED_AT;
        return new ListCustomers(
                parameters.text("name", 200),
                parameters.text("email", 254),
                parameters.text("tag", 50),
                country(parameters),
                updatedSince(parameters),
                sort,
                listing.sort().startsWith("-"),
                position(listing.after(), sort),
                listing.limit());
    }

    static Page page(CustomerPage page, String sort) {
        Position next = page.next();
        return new Page(page.items(), next == null ? null : new Cursor(sort, next.value(), next.id()));
    }

    private static @Nullable String country(QueryParameters parameters) {
        return parameters
                .get("country")
                .map(country -> {
                    if (!country.matches("[A-Z]{2}")) {
                        throw QueryParameters.malformed(
                                "The parameter country must be an ISO 3166-1 alpha-2 code such as DE.");
                    }
                    return country;
                })
                .orElse(null);
    }

    private static @Nullable Instant updatedSince(QueryParameters parameters) {
        return parameters
                .get("updatedSince")
                .map(text -> Times.parse(text)
                        .filter(CustomerLists::inRange)
                        .orElseThrow(() -> QueryParameters.malformed(
                                "The parameter updatedSince must be a time such as 2026-11-22T10:15:30.123456Z.")))
                .orElse(null);
    }

    private static boolean inRange(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(BEYOND);
    }

    private static @Nullable Position position(@Nullable Cursor after, Sort sort) {
        if (after == null) {
            return null;
        }
        boolean sound = CustomerCodec.isCanonical(after.id())
                && (sort == Sort.NAME
                        || Times.parse(after.value())
                                .filter(CustomerLists::inRange)
                                .isPresent());
        if (!sound) {
            throw Cursor.malformed();
        }
        return new Position(after.value(), after.id());
    }
}

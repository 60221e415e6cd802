package dev.unlost.customer.http;

import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.http.Cursor;
import dev.unlost.http.QueryParameters;
import dev.unlost.http.RecordReads.ListTerms;
import dev.unlost.http.RecordReads.Listing;
import dev.unlost.http.RecordReads.Page;
import dev.unlost.http.Times;
import dev.unlost.versioning.Timestamps;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists of customers: what they can be filtered and sorted by. */
final class CustomerLists {

    static final ListTerms TERMS = new ListTerms(
            Set.of("id", "name", "email", "tag", "country", "updatedSince"),
            List.of("name", "-name", "updatedAt", "-updatedAt"));

    private CustomerLists() {}

    static ListCustomers query(Listing listing) {
        QueryParameters parameters = listing.parameters();
        String field = listing.sort().replace("-", "");
        Sort sort = field.equals("name") ? Sort.NAME : Sort.UPDATED_AT;
        return new ListCustomers(
                parameters.ids("id", CustomerCodec::isCanonical),
                parameters.text("name", 200),
                parameters.text("email", 254),
                parameters.text("tag", 50),
                country(parameters),
                parameters.time("updatedSince").orElse(null),
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

    private static @Nullable Position position(@Nullable Cursor after, Sort sort) {
        if (after == null) {
            return null;
        }
        boolean sound = CustomerCodec.isCanonical(after.id())
                && (sort == Sort.NAME
                        || Times.parse(after.value())
                                .filter(Timestamps::isFourDigitYear)
                                .isPresent());
        if (!sound) {
            throw Cursor.malformed();
        }
        return new Position(after.value(), after.id());
    }
}

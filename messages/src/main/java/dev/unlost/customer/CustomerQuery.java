package dev.unlost.customer;

import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.SearchText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked about customers. The factory comes with the message's {@link dev.unlost.versioning.Origin}. */
public sealed interface CustomerQuery {

    /** One customer, deleted or not; answered with an {@code Optional} of its {@link RecordView}. */
    record FindCustomer(String id) implements CustomerQuery {}

    /**
     * Customers that are not deleted; answered with a {@link CustomerPage}.
     *
     * @param ids only these; empty for whichever
     * @param namePrefix start of the name, without regard to case
     * @param email the whole address, without regard to case
     * @param tag a tag, exactly
     * @param country ISO 3166-1 alpha-2
     * @param updatedSince at or after this time
     * @param after where the page before ended; null for the first
     * @param limit the most to answer with, from 1
     */
    record ListCustomers(
            List<String> ids,
            @Nullable String namePrefix,
            @Nullable String email,
            @Nullable String tag,
            @Nullable String country,
            @Nullable Instant updatedSince,
            Sort sort,
            boolean descending,
            @Nullable Position after,
            int limit)
            implements CustomerQuery {

        public ListCustomers {
            ids = List.copyOf(ids);
        }
    }

    /** What a list is ordered by; the id decides between equals. */
    enum Sort {
        NAME,
        UPDATED_AT
    }

    /**
     * Where a page ended.
     *
     * @param value of the sort field in the last item: the name's {@link SearchText.key}, or the time's text
     */
    record Position(String value, String id) {}

    /** @param next where to go on; null on the last page */
    record CustomerPage(
            List<RecordView<CustomerDetails>> items,
            @Nullable Position next) {}
}

package dev.unlost.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a list is asked for. Immutable: each method answers with another query.
 *
 * @param filters by the name of the service's parameter
 * @param sort the order, e.g. {@code name} or {@code -updatedAt}; empty for the service's own
 * @param pageSize how many records a page holds at most, 1 to 200
 */
public record Query(Map<String, String> filters, Optional<String> sort, int pageSize) {

    /** @throws IllegalArgumentException if a page holds none, or more than 200 */
    public Query {
        if (pageSize < 1 || pageSize > 200) {
            throw new IllegalArgumentException("a page of " + pageSize);
        }
        filters = Map.copyOf(filters);
    }

    /** @return everything there is, 50 to a page */
    public static Query all() {
        return new Query(Map.of(), Optional.empty(), 50);
    }

    /** @return only records that this filter lets through as well, e.g. {@code where("country", "DE")} */
    public Query where(String filter, String value) {
        Map<String, String> more = new LinkedHashMap<>(filters);
        more.put(filter, value);
        return new Query(more, sort, pageSize);
    }

    /** @return in that order; descending where it begins with a minus */
    public Query sortedBy(String order) {
        return new Query(filters, Optional.of(order), pageSize);
    }

    /** @return with as many records to a page, 1 to 200 */
    public Query pagesOf(int most) {
        return new Query(filters, sort, most);
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        sort.ifPresent(order -> parameters.put("sort", order));
        parameters.put("limit", Integer.toString(pageSize));
        return parameters;
    }
}

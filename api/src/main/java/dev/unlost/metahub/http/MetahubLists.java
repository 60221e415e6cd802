package dev.unlost.metahub.http;

import dev.unlost.http.Cursor;
import dev.unlost.http.QueryParameters;
import dev.unlost.http.RecordReads.ListTerms;
import dev.unlost.http.RecordReads.Listing;
import dev.unlost.http.RecordReads.Page;
import dev.unlost.metahub.Codename;
import dev.unlost.metahub.MetahubField;
import dev.unlost.metahub.MetahubQuery.Comparison;
import dev.unlost.metahub.MetahubQuery.ListMetahubRecords;
import dev.unlost.metahub.MetahubQuery.MetahubPage;
import dev.unlost.metahub.MetahubQuery.Position;
import dev.unlost.metahub.MetahubQuery.Sort;
import dev.unlost.metahub.MetahubQuery.ValueCondition;
import dev.unlost.metahub.MetahubType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists of a metahub's records: what they can be filtered and sorted by. */
final class MetahubLists {

    private static final String HUB = "hub";

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "from", Comparison.FROM,
            "to", Comparison.TO,
            "prefix", Comparison.PREFIX,
            "contains", Comparison.CONTAINS);

    private final MetahubType type;
    private final String metahubId;

    MetahubLists(MetahubType type, String metahubId) {
        this.type = type;
        this.metahubId = metahubId;
    }

    ListTerms terms() {
        Set<String> filters = new HashSet<>(Set.of("id", MetahubType.CODENAME, "updatedSince"));
        List<String> sorts = new ArrayList<>();
        if (type.members().contains(MetahubType.ORDER)) {
            sorts.addAll(List.of(MetahubType.ORDER, "-" + MetahubType.ORDER));
        }
        sorts.addAll(List.of(MetahubType.CODENAME, "-" + MetahubType.CODENAME, "updatedAt", "-updatedAt"));
        if (type.members().contains(MetahubType.CATALOG_ID)) {
            filters.add(MetahubType.CATALOG_ID);
        }
        if (type.members().contains(MetahubType.HUBS)) {
            filters.add(HUB);
        }
        return type.members().contains(MetahubType.DATA)
                ? new ListTerms(filters, sorts, name -> condition(name, "").isPresent(), MetahubLists::isSort)
                : new ListTerms(filters, sorts);
    }

    private static boolean isSort(String sort) {
        String field = sort.startsWith("-") ? sort.substring(1) : sort;
        return field.startsWith(MetahubType.DATA_PREFIX)
                && Codename.isOne(field.substring(MetahubType.DATA_PREFIX.length()));
    }

    /** @param name {@code data.}, an attribute's codename, and how the value is compared, if not by equality */
    private static Optional<ValueCondition> condition(String name, String value) {
        String[] parts = name.split("\\.", -1);
        Comparison comparison =
                parts.length == 2 ? Comparison.EQUAL : parts.length == 3 ? COMPARISONS.get(parts[2]) : null;
        return comparison == null || !parts[0].equals(MetahubType.DATA) || !Codename.isOne(parts[1])
                ? Optional.empty()
                : Optional.of(new ValueCondition(parts[1], comparison, value));
    }

    ListMetahubRecords query(Listing listing) {
        QueryParameters parameters = listing.parameters();
        List<ValueCondition> conditions = new ArrayList<>();
        for (String name : parameters.names()) {
            parameters.get(name).flatMap(value -> condition(name, value)).ifPresent(conditions::add);
        }
        List<String> ids = parameters.ids("id", MetahubField::isId);
        String catalogId = id(parameters, MetahubType.CATALOG_ID);
        if (catalogId == null && ids.isEmpty() && type.members().contains(MetahubType.CATALOG_ID)) {
            throw QueryParameters.malformed("The parameter catalogId is missing.");
        }
        String sort = listing.sort();
        boolean descending = sort.startsWith("-");
        return new ListMetahubRecords(
                type,
                metahubId,
                ids,
                catalogId,
                id(parameters, HUB),
                codename(parameters),
                parameters.time("updatedSince").orElse(null),
                conditions,
                new Sort(descending ? sort.substring(1) : sort, descending),
                position(listing.after()),
                listing.limit());
    }

    static Page page(MetahubPage page, String sort) {
        Position next = page.next();
        return new Page(page.items(), next == null ? null : new Cursor(sort, next.value(), next.id()));
    }

    private static @Nullable String id(QueryParameters parameters, String name) {
        String id = parameters.get(name).orElse(null);
        if (id != null && !MetahubField.isId(id)) {
            throw QueryParameters.malformed(
                    "The parameter " + name + " must be an id such as 3f2c1d5e-0000-4000-8000-000000000001.");
        }
        return id;
    }

    private static @Nullable String codename(QueryParameters parameters) {
        String codename = parameters.get(MetahubType.CODENAME).orElse(null);
        if (codename != null && !Codename.isOne(codename)) {
            throw QueryParameters.malformed("The parameter codename must be a codename such as iso-3166.");
        }
        return codename;
    }

    private static @Nullable Position position(@Nullable Cursor after) {
        if (after == null) {
            return null;
        }
        if (!MetahubField.isId(after.id())) {
            throw Cursor.malformed();
        }
        return new Position(after.value(), after.id());
    }
}

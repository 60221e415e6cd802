package dev.unlost.table.http;

import dev.unlost.http.QueryParameters;
import dev.unlost.table.Condition;
import dev.unlost.table.Ordering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the address of a request asks for. A parameter that is none of PostgREST's own is a filter on the column of its
 * name.
 *
 * @param metahubId of the one metahub that the request is about; empty where the table is of none
 * @param filters on columns, each with its operator and value, in their order
 */
record Terms(
        Table table,
        String metahubId,
        Selection selection,
        Map<String, String> own,
        List<Map.Entry<String, String>> filters) {

    private static final Set<String> LOGIC = Set.of("and", "or", "not.and", "not.or");
    private static final Pattern METAHUB = Pattern.compile("eq\\.([a-z0-9-]{1,64})");
    private static final int MOST_ORDERINGS = 10;

    /**
     * @param query as in the request line; null where there is none
     * @param allowed PostgREST's own parameters that this request can have
     */
    static Terms parse(Table table, @Nullable String query, Set<String> allowed) {
        Map<String, String> own = new java.util.HashMap<>();
        List<Map.Entry<String, String>> filters = new ArrayList<>();
        String metahubId = null;
        for (Map.Entry<String, String> pair : QueryParameters.pairs(query)) {
            String name = pair.getKey();
            if (OWN.contains(name)) {
                if (!allowed.contains(name)) {
                    throw Refusals.unsupported("The parameter " + name + " with this method");
                }
                if (own.put(name, pair.getValue()) != null) {
                    throw Refusals.malformed("The parameter " + name + " is there twice.");
                }
            } else if (table.namespaced() && name.equals(Table.METAHUB_ID)) {
                if (metahubId != null) {
                    throw Refusals.unsupported("More than one filter on metahub_id");
                }
                metahubId = metahub(pair.getValue());
            } else {
                filters.add(pair);
            }
        }
        String select = own.get("select");
        return new Terms(
                table,
                !table.namespaced() ? "" : metahubId == null ? Table.DEFAULT_METAHUB : metahubId,
                select == null ? Selection.all(table) : Selection.parse(table, select),
                Map.copyOf(own),
                List.copyOf(filters));
    }

    /** PostgREST's own parameters. */
    private static final Set<String> OWN = Set.of("select", "order", "limit", "offset", "columns", "on_conflict");

    private static String metahub(String filter) {
        var matcher = METAHUB.matcher(filter);
        if (!matcher.matches()) {
            throw Refusals.unsupported("A filter on metahub_id other than metahub_id=eq.<id>, by itself,");
        }
        return matcher.group(1);
    }

    @Nullable
    String namespace() {
        return table.namespaced() ? metahubId : null;
    }

    Condition condition() {
        Conditions conditions = new Conditions(table);
        List<Condition> all = new ArrayList<>();
        for (Map.Entry<String, String> filter : filters) {
            String name = filter.getKey();
            if (LOGIC.contains(name)) {
                all.add(conditions.logic(name, filter.getValue()));
            } else if (name.indexOf('.') >= 0) {
                throw Refusals.unsupported("A parameter of an embedded table (" + name + ")");
            } else {
                all.add(conditions.filter(name, filter.getValue()));
            }
        }
        return new Condition.All(all);
    }

    /** <pre>order = column-path ["." ("asc" / "desc")] ["." ("nullsfirst" / "nullslast")] *("," …)</pre> */
    List<Ordering> orderings() {
        String order = own.get("order");
        List<Ordering> orderings = new ArrayList<>();
        if (order == null || order.isEmpty()) {
            return orderings;
        }
        Scanner scanner = new Scanner("order", order);
        do {
            Scanner.Path path = scanner.path();
            boolean descending = scanner.take(".desc");
            if (!descending) {
                scanner.take(".asc");
            }
            // as PostgreSQL has it where nobody says
            boolean nullsFirst = descending;
            if (scanner.take(".nullsfirst")) {
                nullsFirst = true;
            } else if (scanner.take(".nullslast")) {
                nullsFirst = false;
            }
            orderings.add(new Ordering(Conditions.operand(table.column(path.column()), path), descending, nullsFirst));
            if (orderings.size() > MOST_ORDERINGS) {
                throw scanner.malformed("more than " + MOST_ORDERINGS + " columns");
            }
        } while (scanner.take(","));
        scanner.expectEnd();
        return orderings;
    }

    /** @return the number, from 0; empty where the parameter is missing */
    Optional<Long> number(String name) {
        String value = own.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw Refusals.malformed("The parameter " + name + " must be a whole number from 0 to 999999999.");
        }
        return Optional.of(Long.valueOf(value));
    }

    /** @return the columns that the rows of an insert are said to have; empty where nothing is said */
    Optional<Set<String>> columns() {
        String columns = own.get("columns");
        if (columns == null) {
            return Optional.empty();
        }
        Scanner scanner = new Scanner("columns", columns);
        Set<String> names = new HashSet<>();
        do {
            String name = scanner.name();
            if (table.find(name).isEmpty()) {
                throw Refusals.noColumnToWrite(table.name(), name);
            }
            names.add(name);
        } while (scanner.take(","));
        scanner.expectEnd();
        return Optional.of(names);
    }
}

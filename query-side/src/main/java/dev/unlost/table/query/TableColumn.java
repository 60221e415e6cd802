package dev.unlost.table.query;

import dev.unlost.versioning.query.Fragment;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a column that is asked for is found in the table of the read model, whose rows are called {@code r}. */
public final class TableColumn {

    private final Key exact;
    private final Key ordered;
    private final @Nullable Key found;
    private final @Nullable Members members;
    private final @Nullable Function<List<String>, Fragment> inner;

    /** An expression, and what a value is turned into to be compared with it. */
    private record Key(String sql, UnaryOperator<Object> value) {}

    /** A condition with one place holder, and what a member is turned into to fill it. */
    private record Members(String having, UnaryOperator<String> member) {}

    private TableColumn(
            Key exact,
            Key ordered,
            @Nullable Key found,
            @Nullable Members members,
            @Nullable Function<List<String>, Fragment> inner) {
        this.exact = exact;
        this.ordered = ordered;
        this.found = found;
        this.members = members;
        this.inner = inner;
    }

    /** @param sql an expression, compared and ordered as its type is */
    public static TableColumn of(String sql) {
        Key key = new Key(sql, UnaryOperator.identity());
        return new TableColumn(key, key, null, null, null);
    }

    /** @param sql a text, ordered by code points wherever it runs */
    public static TableColumn text(String sql) {
        return of(sql).inOrderOf(sql + " collate \"C\"", UnaryOperator.identity());
    }

    /** @param inner what a path within the column's JSON leads to, as text; the path is not empty */
    public static TableColumn json(String sql, Function<List<String>, Fragment> inner) {
        TableColumn column = of(sql);
        return new TableColumn(column.exact, column.ordered, null, null, inner);
    }

    /**
     * @param having a condition with one place holder: that the column's set has a member
     * @param member from the member as it is asked for to the one that is stored
     */
    public static TableColumn set(String sql, String having, UnaryOperator<String> member) {
        TableColumn column = of(sql);
        return new TableColumn(column.exact, column.ordered, null, new Members(having, member), null);
    }

    /** @return the same, greater, less and in order by something else than what it is */
    public TableColumn inOrderOf(String sql, UnaryOperator<Object> value) {
        return new TableColumn(exact, new Key(sql, value), found, members, inner);
    }

    /** @return the same, with something that equal values have in common and an index finds them by */
    public TableColumn foundBy(String sql, UnaryOperator<Object> value) {
        return new TableColumn(exact, ordered, new Key(sql, value), members, inner);
    }

    /** @param value from a value as it is asked for to the one that is stored, which keeps the order */
    public TableColumn storedAs(UnaryOperator<Object> value) {
        return new TableColumn(new Key(exact.sql(), value), new Key(ordered.sql(), value), found, members, inner);
    }

    String sql() {
        return exact.sql();
    }

    Object value(Object asked) {
        return exact.value().apply(asked);
    }

    String ordered() {
        return ordered.sql();
    }

    Object valueInOrder(Object asked) {
        return ordered.value().apply(asked);
    }

    /** @return that the column has that value */
    Fragment equal(Object asked) {
        Object value = value(asked);
        return found == null
                ? Fragment.of(exact.sql() + " = ?", value)
                : Fragment.of(
                        "(" + exact.sql() + " = ? and " + found.sql() + " = ?)",
                        value,
                        found.value().apply(asked));
    }

    /** @throws IllegalArgumentException if the column has no members */
    Fragment having(String asked) {
        if (members == null) {
            throw new IllegalArgumentException("no set: " + exact.sql());
        }
        return Fragment.of(members.having(), members.member().apply(asked));
    }

    /** @throws IllegalArgumentException if there is nothing within the column */
    Fragment inner(List<String> path) {
        if (inner == null) {
            throw new IllegalArgumentException("no JSON: " + exact.sql());
        }
        return inner.apply(path);
    }
}

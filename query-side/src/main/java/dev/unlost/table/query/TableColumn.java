package dev.unlost.table.query;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a column that is asked for is found in the table of the read model, whose rows are called {@code r}. */
public final class TableColumn {

    private final String sql;
    private final String ordered;
    private final UnaryOperator<Object> valueInOrder;
    private final UnaryOperator<Object> value;
    private final @Nullable String having;
    private final UnaryOperator<String> member;
    private final @Nullable Function<List<String>, Fragment> inner;

    private TableColumn(
            String sql,
            String ordered,
            UnaryOperator<Object> value,
            UnaryOperator<Object> valueInOrder,
            @Nullable String having,
            UnaryOperator<String> member,
            @Nullable Function<List<String>, Fragment> inner) {
        this.sql = sql;
        this.ordered = ordered;
        this.value = value;
        this.valueInOrder = valueInOrder;
        this.having = having;
        this.member = member;
        this.inner = inner;
    }

    /** @param sql an expression, compared and ordered as its type is */
    public static TableColumn of(String sql) {
        return new TableColumn(
                sql, sql, UnaryOperator.identity(), UnaryOperator.identity(), null, UnaryOperator.identity(), null);
    }

    /** @param sql a text, ordered by code points wherever it runs */
    public static TableColumn text(String sql) {
        return of(sql).inOrderOf(sql + " collate \"C\"", UnaryOperator.identity());
    }

    /** @param inner what a path within the column's JSON leads to, as text; the path is not empty */
    public static TableColumn json(String sql, Function<List<String>, Fragment> inner) {
        return new TableColumn(
                sql, sql, UnaryOperator.identity(), UnaryOperator.identity(), null, UnaryOperator.identity(), inner);
    }

    /**
     * @param having a condition with one place holder: that the column's set has a member
     * @param member from the member as it is asked for to the one that is stored
     */
    public static TableColumn set(String sql, String having, UnaryOperator<String> member) {
        return new TableColumn(sql, sql, UnaryOperator.identity(), UnaryOperator.identity(), having, member, null);
    }

    /** @return the same, greater, less and in order by something else than what it is */
    public TableColumn inOrderOf(String other, UnaryOperator<Object> otherValue) {
        return new TableColumn(sql, other, value, otherValue, having, member, inner);
    }

    /** @param stored from a value as it is asked for to the one that is stored, which keeps the order */
    public TableColumn storedAs(UnaryOperator<Object> stored) {
        return new TableColumn(sql, ordered, stored, stored, having, member, inner);
    }

    String sql() {
        return sql;
    }

    String ordered() {
        return ordered;
    }

    Object value(Object asked) {
        return value.apply(asked);
    }

    Object valueInOrder(Object asked) {
        return valueInOrder.apply(asked);
    }

    /** @throws IllegalArgumentException if the column has no members */
    Fragment having(String asked) {
        if (having == null) {
            throw new IllegalArgumentException("no set: " + sql);
        }
        return Fragment.of(having, member.apply(asked));
    }

    /** @throws IllegalArgumentException if there is nothing within the column */
    Fragment inner(List<String> path) {
        if (inner == null) {
            throw new IllegalArgumentException("no JSON: " + sql);
        }
        return inner.apply(path);
    }
}

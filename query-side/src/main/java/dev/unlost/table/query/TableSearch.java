package dev.unlost.table.query;

import dev.unlost.table.Condition;
import dev.unlost.table.Operand;
import dev.unlost.table.Ordering;
import dev.unlost.table.TableQuery.FindRows;
import dev.unlost.versioning.query.Fragment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a table, as SQL. All that those who ask can write goes into place holders; what else there is comes
 * from here and from the table's columns.
 */
final class TableSearch {

    private final RecordRows<?> table;
    private final FindRows query;
    private final Map<String, TableColumn> columns;
    private final StringBuilder where = new StringBuilder();
    private final List<Object> whereValues = new ArrayList<>();

    TableSearch(RecordRows<?> table, String factory, FindRows query) {
        this.table = table;
        this.query = query;
        this.columns = table.columns().apply(query.namespace());
        where.append(" from ").append(table.table()).append(" r where r.factory_id = ?");
        whereValues.add(factory);
        if (table.namespaced()) {
            // the ids of one metahub are a range, which lets the order of ids be that of an index
            where.append(" and r.metahub_id = ? and r.id > ? and r.id < ?");
            String namespace = String.valueOf(query.namespace());
            Collections.addAll(whereValues, namespace, namespace + '/', namespace + (char) ('/' + 1));
        }
        where.append(" and not r.deleted and ");
        add(query.condition());
    }

    Fragment rows() {
        StringBuilder sql = new StringBuilder("select r.*").append(where).append(" order by ");
        List<Object> values = new ArrayList<>(whereValues);
        for (Ordering ordering : query.orderings()) {
            Fragment by = inOrder(ordering.operand());
            sql.append(by.sql())
                    .append(ordering.descending() ? " desc" : " asc")
                    .append(ordering.nullsFirst() ? " nulls first, " : " nulls last, ");
            values.addAll(by.values());
        }
        boolean backwards =
                !query.orderings().isEmpty() && query.orderings().stream().allMatch(Ordering::descending);
        // the way in which an index on what comes before is read
        sql.append(backwards ? "r.id desc" : "r.id").append(" limit ? offset ?");
        Collections.addAll(values, query.limit(), query.offset());
        return new Fragment(sql.toString(), values);
    }

    Fragment count() {
        return new Fragment("select count(*)" + where, whereValues);
    }

    private void add(Condition condition) {
        switch (condition) {
            case Condition.All all -> joined(all.conditions(), " and ", "true");
            case Condition.Any any -> joined(any.conditions(), " or ", "false");
            case Condition.Not not -> {
                where.append("(not ");
                add(not.condition());
                where.append(')');
            }
            case Condition.Compare compare -> compare(compare);
            case Condition.In in -> in(in);
            case Condition.Like like -> {
                exact(like.operand());
                where.append(like.ignoringCase() ? " ilike ?" : " like ?");
                bind(stored(like.operand(), like.pattern()));
            }
            case Condition.Is is -> {
                exact(is.operand());
                where.append(
                        switch (is.state()) {
                            case NULL -> " is null";
                            case TRUE -> " is true";
                            case FALSE -> " is false";
                        });
            }
            case Condition.Contains contains -> {
                TableColumn column = column(contains.column());
                where.append("(true");
                for (String member : contains.members()) {
                    where.append(" and ");
                    append(column.having(member));
                }
                where.append(')');
            }
        }
    }

    private void joined(List<Condition> conditions, String with, String none) {
        where.append('(');
        for (int i = 0; i < conditions.size(); i++) {
            where.append(i == 0 ? "" : with);
            add(conditions.get(i));
        }
        where.append(conditions.isEmpty() ? none : "").append(')');
    }

    private void compare(Condition.Compare compare) {
        Operand operand = compare.operand();
        boolean whole = operand.path().isEmpty();
        switch (compare.comparison()) {
            case EQUAL -> {
                if (whole) {
                    append(column(operand.column()).equal(compare.value()));
                } else {
                    exact(operand);
                    where.append(" = ?");
                    bind(compare.value());
                }
            }
            case NOT_EQUAL -> {
                exact(operand);
                where.append(" <> ?");
                bind(stored(operand, compare.value()));
            }
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> {
                append(inOrder(operand));
                where.append(
                        switch (compare.comparison()) {
                            case GREATER -> " > ?";
                            case GREATER_OR_EQUAL -> " >= ?";
                            case LESS -> " < ?";
                            case LESS_OR_EQUAL -> " <= ?";
                            case EQUAL, NOT_EQUAL -> throw new IllegalStateException("done before");
                        });
                bind(whole ? column(operand.column()).valueInOrder(compare.value()) : compare.value());
            }
        }
    }

    private void in(Condition.In in) {
        if (in.values().isEmpty()) {
            where.append("false");
            return;
        }
        exact(in.operand());
        where.append(" in (?").append(", ?".repeat(in.values().size() - 1)).append(')');
        in.values().forEach(value -> bind(stored(in.operand(), value)));
    }

    private Object stored(Operand operand, Object value) {
        return operand.path().isEmpty() ? column(operand.column()).value(value) : value;
    }

    private void exact(Operand operand) {
        TableColumn column = column(operand.column());
        append(operand.path().isEmpty() ? Fragment.of(column.sql()) : column.inner(operand.path()));
    }

    private Fragment inOrder(Operand operand) {
        TableColumn column = column(operand.column());
        if (operand.path().isEmpty()) {
            return Fragment.of(column.ordered());
        }
        Fragment inner = column.inner(operand.path());
        return new Fragment("(" + inner.sql() + ") collate \"C\"", inner.values());
    }

    private void append(Fragment fragment) {
        where.append(fragment.sql());
        fragment.values().forEach(this::bind);
    }

    private void bind(Object value) {
        whereValues.add(value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
    }

    private TableColumn column(String name) {
        TableColumn column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException(table.table() + " has no column " + name);
        }
        return column;
    }
}

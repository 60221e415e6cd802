package dev.unlost.table.query;

import dev.unlost.table.TableQuery.Counting;
import dev.unlost.table.TableQuery.FindRows;
import dev.unlost.table.TableQuery.TableRows;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.query.Fragment;
import dev.unlost.versioning.query.RowReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers what is asked of tables, within the factory of the query's origin. */
@Component
class TableQueries {

    /** Up to here rows are counted where an estimate will do. */
    private static final long ESTIMATED_FROM = 1_000;

    private static final Pattern PLANNED_ROWS = Pattern.compile("\"Plan Rows\":\\s*(\\d+)");

    private final Map<String, RecordRows<?>> tables;
    private final RowReader reader;

    TableQueries(List<RecordRows<?>> tables, RowReader reader) {
        this.tables = tables.stream()
                .collect(Collectors.toUnmodifiableMap(table -> table.type().name(), Function.identity()));
        this.reader = reader;
    }

    @QueryHandler
    TableRows find(FindRows query, MetaData metaData) {
        RecordRows<?> table = tables.get(query.type());
        if (table == null) {
            throw new IllegalArgumentException("no table of " + query.type());
        }
        TableSearch search = new TableSearch(table, Origin.of(metaData).factoryId(), query);
        return new TableRows(rows(table, search.rows()), total(query.counting(), search));
    }

    private <D> List<RecordView<?>> rows(RecordRows<D> table, Fragment sql) {
        return reader.list(table.rows(), sql).stream()
                .<RecordView<?>>map(row -> row.view(table.type()))
                .toList();
    }

    private @Nullable Long total(Counting counting, TableSearch search) {
        return switch (counting) {
            case NONE -> null;
            case EXACT -> number(search.count());
            case PLANNED -> planned(search);
            case ESTIMATED -> {
                long counted = number(search.countUpTo(ESTIMATED_FROM + 1));
                yield counted > ESTIMATED_FROM ? Math.max(counted, planned(search)) : counted;
            }
        };
    }

    private long planned(TableSearch search) {
        Matcher rows = PLANNED_ROWS.matcher(reader.value(search.plan()).toString());
        if (!rows.find()) {
            throw new IllegalStateException("a plan without rows");
        }
        return Long.parseLong(rows.group(1));
    }

    private long number(Fragment sql) {
        return ((Number) reader.value(sql)).longValue();
    }
}

package dev.unlost.table.query;

import dev.unlost.table.TableQuery.FindRows;
import dev.unlost.table.TableQuery.TableRows;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.query.Fragment;
import dev.unlost.versioning.query.RowReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Answers what is asked of tables, within the factory of the query's origin. */
@Component
class TableQueries {

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
        Long total = query.counted() ? ((Number) reader.value(search.count())).longValue() : null;
        return new TableRows(rows(table, search.rows()), total);
    }

    private <D> List<RecordView<?>> rows(RecordRows<D> table, Fragment sql) {
        return reader.list(table.rows(), sql).stream()
                .<RecordView<?>>map(row -> row.view(table.type()))
                .toList();
    }
}

package dev.unlost.table.query;

import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.query.RecordRow;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind of record, as they can be asked for.
 *
 * @param rows how they are read; mapped to a table of the read model
 * @param namespaced whether the table has a column {@code metahub_id} by which its indexes begin after the factory
 * @param columns by name, for the namespace asked for, which is null where there are none
 * @param <D> the contents
 */
public record RecordRows<D>(
        RecordType<D, ?> type,
        Class<? extends RecordRow<D>> rows,
        String table,
        boolean namespaced,
        Function<@Nullable String, Map<String, TableColumn>> columns) {}

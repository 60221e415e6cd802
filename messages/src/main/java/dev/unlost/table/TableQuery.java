package dev.unlost.table;

import dev.unlost.versioning.RecordView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a table. The factory comes with the message's origin. */
public sealed interface TableQuery {

    /**
     * Records that are not deleted; answered with {@link TableRows}.
     *
     * @param type the record type's name, e.g. {@code customer}
     * @param namespace that the records live in; null where their type has none
     * @param orderings the first counts most; the id decides between equals
     * @param offset how many rows to leave out first, from 0
     * @param limit the most to answer with, from 0
     * @param counted whether all rows that meet the conditions are to be counted
     */
    record FindRows(
            String type,
            @Nullable String namespace,
            Condition condition,
            List<Ordering> orderings,
            long offset,
            int limit,
            boolean counted)
            implements TableQuery {
        public FindRows {
            orderings = List.copyOf(orderings);
        }
    }

    /** @param total how many rows meet the conditions; null where they were not to be counted */
    record TableRows(List<RecordView<?>> rows, @Nullable Long total) {
        public TableRows {
            rows = List.copyOf(rows);
        }
    }
}

package dev.unlost.table.http;

import dev.unlost.http.Answer;
import dev.unlost.http.Preconditions;
import dev.unlost.http.RecordJson;
import dev.unlost.http.RecordReads;
import dev.unlost.table.TableQuery.FindRows;
import dev.unlost.table.TableQuery.TableRows;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads of tables. */
@Component
class TableReads {

    /** The most rows of an answer, however many are asked for; Content-Range tells. */
    static final int MOST_ROWS = 200;

    private static final Set<String> PARAMETERS = Set.of("select", "order", "limit", "offset");
    private static final Pattern RANGE = Pattern.compile("(?:items=)?([0-9]{1,9})-([0-9]{1,9})?");

    private final RecordReads reads;
    private final RecordJson records;

    TableReads(RecordReads reads, RecordJson records) {
        this.reads = reads;
        this.records = records;
    }

    Answer read(Table table, HttpServletRequest request) {
        Preconditions.refuseOnRead(request);
        Terms terms = Terms.parse(table, request.getQueryString(), PARAMETERS);
        Wishes wishes = Wishes.of(request);
        Form form = Form.of(request);
        Stretch stretch = Stretch.of(terms, request);
        FindRows query = new FindRows(
                table.type(),
                terms.namespace(),
                terms.condition(),
                terms.orderings(),
                stretch.offset(),
                stretch.limit(),
                wishes.counted());
        TableRows found = reads.ask(query, TableRows.class, request);
        Long total = found.total();
        if (total != null && stretch.offset() > total) {
            throw Refusals.range(
                    "An offset of " + stretch.offset() + " was requested, but there are only " + total + " rows.");
        }
        List<ObjectNode> rows = found.rows().stream().map(records::of).toList();
        boolean part = total != null && rows.size() < total;
        Answer answer = Answer.of(part ? 206 : 200, form.body(rows, terms.selection()))
                .revalidated()
                .with("Content-Type", form.mediaType())
                .with("Content-Range", contentRange(stretch.offset(), rows.size(), total));
        return wishes.applied().isEmpty()
                ? answer
                : answer.with("Preference-Applied", String.join(", ", wishes.applied()));
    }

    static String contentRange(long offset, int rows, @Nullable Long total) {
        String known = total == null ? "*" : total.toString();
        return rows == 0 ? "*/" + known : offset + "-" + (offset + rows - 1) + "/" + known;
    }

    /** Which of the rows are wanted: those that {@code limit} and {@code offset} and {@code Range} all name. */
    private record Stretch(long offset, int limit) {

        static Stretch of(Terms terms, HttpServletRequest request) {
            long first = terms.number("offset").orElse(0L);
            long end = terms.number("limit").map(limit -> first + limit).orElse(Long.MAX_VALUE);
            long from = first;
            List<String> ranges = Collections.list(request.getHeaders("Range"));
            if (!ranges.isEmpty()) {
                Matcher range = RANGE.matcher(ranges.getFirst().strip());
                if (ranges.size() > 1 || !range.matches()) {
                    throw Refusals.range("Range must be the first and the last row, such as 0-24.");
                }
                from = Math.max(first, Long.parseLong(range.group(1)));
                if (range.group(2) != null) {
                    long last = Long.parseLong(range.group(2));
                    if (last < Long.parseLong(range.group(1))) {
                        throw Refusals.range("The lower boundary must be lower than or equal to the upper boundary"
                                + " in the Range header.");
                    }
                    end = Math.min(end, last + 1);
                }
            }
            return new Stretch(from, (int) Math.min(MOST_ROWS, Math.max(0, end - from)));
        }
    }
}

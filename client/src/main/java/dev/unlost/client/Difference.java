package dev.unlost.client;

import java.util.List;

/**
 * What differs between two versions of a record.
 *
 * @param from the version compared
 * @param to the version it is compared with
 * @param changes the fields that differ
 */
public record Difference(long from, long to, List<FieldDifference> changes) {

    static Difference of(Answer answer) {
        Members difference = new Members(answer.json());
        return new Difference(
                difference.number("from"), difference.number("to"), difference.each("changes", FieldDifference::of));
    }
}

package dev.unlost.client;

import java.util.List;

/**
 * Some changes, in the order of the log.
 *
 * @param items none where there are no more yet
 * @param next the cursor to go on from
 */
public record ChangesPage(List<Change> items, String next) {

    static ChangesPage of(Answer answer) {
        Members page = new Members(answer.json());
        return new ChangesPage(page.each("items", Change::of), page.text("next"));
    }
}

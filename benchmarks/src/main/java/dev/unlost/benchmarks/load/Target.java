package dev.unlost.benchmarks.load;

import java.util.Optional;

/**
 * A service under load.
 *
 * @param token of the factory whose records are read and changed
 * @param tokenForNew of another, in which new ones are made, so that the lists of the first stay as they are
 * @param paging how its lists are asked for
 */
public record Target(int port, String token, String tokenForNew, Paging paging) {

    public static final String PATH = "/api/customers";

    static final int PAGE = 50;

    /** How pages of a list follow each other. */
    public enum Paging {
        /** By what the page before says. */
        CURSOR {
            @Override
            Optional<String> next(Answer page, int number) {
                return page.member("next").map(cursor -> PATH + "?limit=" + PAGE + "&after=" + cursor);
            }

            @Override
            String first() {
                return PATH + "?limit=" + PAGE;
            }
        },
        /** By their number. */
        NUMBER {
            @Override
            Optional<String> next(Answer page, int number) {
                return page.length() == "[]".length()
                        ? Optional.empty()
                        : Optional.of(PATH + "?size=" + PAGE + "&page=" + (number + 1));
            }

            @Override
            String first() {
                return PATH + "?size=" + PAGE + "&page=0";
            }
        };

        abstract String first();

        /** @param number of the page that was answered, from 0 */
        abstract Optional<String> next(Answer page, int number);
    }
}

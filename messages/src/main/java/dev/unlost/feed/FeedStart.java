package dev.unlost.feed;

/** Where in the log a reader starts. */
public sealed interface FeedStart {

    /** With what changes from now on. */
    record Now() implements FeedStart {}

    /** With the first change there is. */
    record Beginning() implements FeedStart {}

    /**
     * After a place that was reached before.
     *
     * @param cursor as the feed gave it out
     */
    record After(String cursor) implements FeedStart {}

    FeedStart NOW = new Now();

    FeedStart BEGINNING = new Beginning();
}

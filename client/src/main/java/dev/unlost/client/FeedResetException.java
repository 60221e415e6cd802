package dev.unlost.client;

/**
 * 410: the feed cannot go on from the cursor of a page, which is of another database or factory, or too old. Keep
 * {@link #next()}, read everything again, and take pages from there on.
 */
public final class FeedResetException extends ProblemException {

    private static final long serialVersionUID = 1L;

    FeedResetException(Problem problem, String call) {
        super(problem, call);
    }

    /** @return {@code foreign}, {@code future} or {@code gone} */
    public String reason() {
        return new Members(problem().body()).text("reason");
    }

    /** @return the cursor of where the feed is now */
    public String next() {
        return new Members(problem().body()).text("next");
    }
}

package dev.unlost.feed;

import org.jspecify.annotations.Nullable;

/** Reads the changes of one factory as they come. One thread at a time may read; any may close. */
public interface FeedReader extends AutoCloseable {

    /**
     * Never waits for a change, but may read the database for those of the past.
     *
     * @return what is told next; null where there is nothing to tell, until the reader is notified
     */
    @Nullable
    FeedItem poll();

    /** @return the cursor of the place up to which everything was told */
    String cursor();

    /** Does not wait for a thread that reads. */
    @Override
    void close();
}

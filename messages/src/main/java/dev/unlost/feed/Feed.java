package dev.unlost.feed;

import java.util.Set;

/**
 * The changes of a factory's records: each once, in the order of the log, and none missing. Per record the versions are
 * 1, 2, 3, …
 */
public interface Feed {

    /** @return the names of the record types that there are */
    Set<String> types();

    /**
     * @param limit the most changes to answer with, from 1
     * @throws MalformedCursor if the request starts after something that is no cursor
     */
    FeedPage page(FeedRequest request, int limit);

    /**
     * @param available called from any thread, and quickly returning, when there may be something to read; not before
     *     this method has returned
     * @return a reader, to be read at once and whenever it is notified, and to be closed
     * @throws MalformedCursor if the request starts after something that is no cursor
     */
    FeedReader open(FeedRequest request, Runnable available);
}

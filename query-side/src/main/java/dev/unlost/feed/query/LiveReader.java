package dev.unlost.feed.query;

import dev.unlost.feed.FeedFilter;
import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Ended;
import dev.unlost.feed.FeedItem.Reset;
import dev.unlost.feed.FeedItem.Synced;
import dev.unlost.feed.FeedReader;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.ResetReason;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one factory's past from the database, a batch at a time and only when the batch before was taken, and then what
 * comes from the tail.
 */
final class LiveReader implements FeedReader {

    private static final Logger LOG = LoggerFactory.getLogger(LiveReader.class);

    private final FanOut fanOut;
    private final Backlog backlog;
    private final CursorSeal seal;
    private final FeedRequest request;
    private final Position pastEnd;
    private final Runnable available;

    /** Whether it reads from its channel, where it is in there, and where its past ends there; kept by {@link FanOut}. */
    volatile boolean live;

    FanOut.@Nullable Channel channel;

    volatile long next;

    long pastEnds;

    private final Deque<FanOut.Entry> batch = new ArrayDeque<>();
    private Position reached;
    private @Nullable Position batchEnd;
    private @Nullable UnreadableEvent unreadable;
    private @Nullable ResetReason reset;
    private boolean synced;
    private volatile Ended.@Nullable Reason ended;

    /**
     * @param reached the place to start after
     * @param pastEnd the place where the past ends, as of now
     * @param reset what to tell first; null for nothing
     */
    LiveReader(
            FanOut fanOut,
            Backlog backlog,
            CursorSeal seal,
            FeedRequest request,
            Position reached,
            Position pastEnd,
            @Nullable ResetReason reset,
            Runnable available) {
        this.fanOut = fanOut;
        this.backlog = backlog;
        this.seal = seal;
        this.request = request;
        this.reached = reached;
        this.pastEnd = pastEnd;
        this.reset = reset;
        this.available = available;
    }

    String factoryId() {
        return request.factoryId();
    }

    FeedFilter filter() {
        return request.filter();
    }

    CursorSeal seal() {
        return seal;
    }

    Position reached() {
        return reached;
    }

    void reach(Position position) {
        reached = position;
    }

    void end(Ended.Reason reason) {
        if (ended == null) {
            ended = reason;
        }
    }

    void notifyAvailable() {
        available.run();
    }

    @Override
    public @Nullable FeedItem poll() {
        if (reset != null) {
            Reset item = new Reset(cursor(), reset);
            reset = null;
            return item;
        }
        while (true) {
            Ended.Reason over = ended;
            if (over != null) {
                return new Ended(over);
            }
            FanOut.Entry entry = batch.poll();
            if (entry != null) {
                reached = entry.position();
                return entry.changed();
            }
            if (unreadable != null) {
                LOG.error("the feed of a factory stops here", unreadable);
                end(Ended.Reason.UNREADABLE);
                continue;
            }
            if (batchEnd != null) {
                reached = batchEnd.orLater(reached);
                batchEnd = null;
            }
            if (!live && !fanOut.join(this, reached, pastEnd)) {
                if (!fanOut.hasBegun()) {
                    return null;
                }
                readBatch();
                continue;
            }
            fanOut.take(this, !synced, batch);
            // it may just have been cut off
            if (batch.isEmpty() && ended == null) {
                if (synced) {
                    return null;
                }
                synced = true;
                return new Synced(cursor());
            }
        }
    }

    private void readBatch() {
        Backlog.Batch read = backlog.batch(request, reached);
        if (!read.whole()) {
            // whoever comes back with the last cursor is told that the way from there is gone
            end(Ended.Reason.LOG_REPLACED);
            return;
        }
        for (LoggedEvent event : read.events()) {
            try {
                batch.add(new FanOut.Entry(event.position(), backlog.changed(seal, event)));
            } catch (UnreadableEvent e) {
                // what came before it is told first
                unreadable = e;
                return;
            }
        }
        batchEnd = read.end();
    }

    @Override
    public String cursor() {
        return seal.cursor(request.factoryId(), reached);
    }

    @Override
    public void close() {
        fanOut.leave(this);
    }
}

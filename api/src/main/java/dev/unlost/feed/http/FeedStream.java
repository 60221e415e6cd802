package dev.unlost.feed.http;

import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream. Nothing waits for it: it is worked on when there is something to tell and the client has taken
 * what was told before, by one thread at a time.
 */
final class FeedStream implements StreamSocket.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(FeedStream.class);

    /** The most changes that are sent at a time. */
    private static final int BATCH = 128;

    /** Why a stream ends. */
    enum End {
        CLIENT_GONE("the client has gone"),
        TOKEN_EXPIRED("the token has expired"),
        TOKEN_WITHDRAWN("the token is no longer good"),
        SHUTDOWN("this node is going down; go on at another"),
        SLOW("too slow; go on from the last id"),
        LOG_REPLACED("the database was replaced; go on from the last id"),
        FAILED("the changes cannot be read; go on from the last id"),
        NOT_OPENED("the request was refused");

        private final String words;

        End(String words) {
            this.words = words;
        }
    }

    /** What all streams of a node share. */
    interface Streams extends Executor {

        FeedFrames frames();

        void delivered(int changes);

        boolean stillHolds(StreamAccess.Grant grant);

        /** Told once. */
        void ended(FeedStream stream, End why);
    }

    private final String factoryId;
    private final StreamAccess.Grant grant;
    private final Streams streams;
    private final long begunAt;
    private final AtomicInteger signals = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile @Nullable FeedReader reader;
    private volatile @Nullable StreamSocket socket;
    private volatile boolean open;
    private volatile boolean heartbeatDue;
    private volatile boolean recheckDue;
    private volatile @Nullable End ending;

    /** Kept by the one thread that looks after all streams. */
    private long heartbeatAt;

    private long checkedAt;

    /** @param now {@link System#nanoTime()} */
    FeedStream(String factoryId, StreamAccess.Grant grant, Streams streams, long now) {
        this.factoryId = factoryId;
        this.grant = grant;
        this.streams = streams;
        this.begunAt = now;
        this.heartbeatAt = now;
        this.checkedAt = now;
    }

    String factoryId() {
        return factoryId;
    }

    void read(FeedReader newReader) {
        reader = newReader;
        if (over.get()) {
            newReader.close();
        }
    }

    void writeTo(StreamSocket newSocket, long writeTimeoutMillis) {
        newSocket.belongTo(this, writeTimeoutMillis);
        socket = newSocket;
    }

    @Override
    public void opened() {
        open = true;
        if (over.get()) {
            // it ended before there was a connection to close
            Objects.requireNonNull(socket).close();
        } else {
            signal();
        }
    }

    @Override
    public void writable() {
        signal();
    }

    @Override
    public void gone() {
        finish(End.CLIENT_GONE);
    }

    /** There may be something to do. */
    void signal() {
        if (signals.getAndIncrement() == 0) {
            try {
                streams.execute(this::work);
            } catch (RuntimeException | Error e) {
                // or the next signal would leave it to work that nobody does
                signals.set(0);
                throw e;
            }
        }
    }

    /** Says why, if the client takes it at once, and closes. */
    void end(End why) {
        if (ending == null) {
            ending = why;
        }
        if (open) {
            signal();
        } else {
            finish(why);
        }
    }

    /**
     * @param now {@link System#nanoTime()}
     * @param time what clocks say
     */
    void lookAfter(long now, Instant time, StreamSettings settings) {
        if (grant.expiresAt() != null && !time.isBefore(grant.expiresAt())) {
            end(End.TOKEN_EXPIRED);
        } else if (!open) {
            // the client left between its request and the answer
            if (now - begunAt >= settings.writeTimeout().toNanos()) {
                finish(End.CLIENT_GONE);
            }
        } else {
            boolean due = false;
            if (now - heartbeatAt >= settings.heartbeat().toNanos()) {
                heartbeatAt = now;
                heartbeatDue = true;
                due = true;
            }
            if (now - checkedAt >= settings.recheckToken().toNanos()) {
                checkedAt = now;
                recheckDue = true;
                due = true;
            }
            if (due) {
                signal();
            }
        }
    }

    private void work() {
        int seen;
        do {
            seen = signals.get();
            try {
                tellAll();
            } catch (IOException e) {
                finish(End.CLIENT_GONE);
            } catch (RuntimeException | Error e) {
                try {
                    LOG.error("a stream of changes ends", e);
                } finally {
                    finish(End.FAILED);
                }
            }
        } while (!signals.compareAndSet(seen, 0));
    }

    private void tellAll() throws IOException {
        FeedReader from = reader;
        StreamSocket to = socket;
        if (!open || from == null || to == null || over.get()) {
            return;
        }
        if (recheckDue) {
            recheckDue = false;
            if (!streams.stillHolds(grant)) {
                end(End.TOKEN_WITHDRAWN);
            }
        }
        while (to.isWritable() && ending == null) {
            byte[] batch = batch(from);
            if (batch.length == 0) {
                break;
            }
            to.send(batch);
        }
        End why = ending;
        if (why != null) {
            if (to.isWritable()) {
                to.send(FeedFrames.comment(why.words));
            }
            finish(why);
        }
    }

    /** @return what is to be told next; empty where there is nothing */
    private byte[] batch(FeedReader from) {
        List<Changed> changes = new ArrayList<>();
        byte[] other = {};
        while (changes.size() < BATCH && other.length == 0 && ending == null) {
            FeedItem item = from.poll();
            if (item == null) {
                break;
            }
            switch (item) {
                case Changed changed -> changes.add(changed);
                case FeedItem.Synced synced -> other = FeedFrames.of(synced);
                case FeedItem.Reset reset -> other = FeedFrames.of(reset);
                case FeedItem.Ended ended ->
                    ending = switch (ended.reason()) {
                        case SLOW -> End.SLOW;
                        case LOG_REPLACED -> End.LOG_REPLACED;
                        case UNREADABLE -> End.FAILED;
                    };
            }
        }
        if (heartbeatDue && other.length == 0 && ending == null) {
            heartbeatDue = false;
            other = FeedFrames.heartbeat(from.cursor());
        }
        streams.delivered(changes.size());
        byte[] told = streams.frames().of(changes);
        if (other.length == 0) {
            return told;
        }
        byte[] both = Arrays.copyOf(told, told.length + other.length);
        System.arraycopy(other, 0, both, told.length, other.length);
        return both;
    }

    private void finish(End why) {
        if (over.compareAndSet(false, true)) {
            FeedReader from = reader;
            StreamSocket to = socket;
            try {
                if (from != null) {
                    from.close();
                }
            } finally {
                try {
                    if (to != null) {
                        to.close();
                    }
                } finally {
                    streams.ended(this, why);
                }
            }
        }
    }
}

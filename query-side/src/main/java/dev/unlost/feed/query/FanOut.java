package dev.unlost.feed.query;

import static java.util.Objects.requireNonNull;

import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Ended;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where what the tail reads meets those who follow it.
 *
 * <p>A factory that somebody follows has a channel: its latest changes, so many at most, which all its readers share and
 * each reads at its own pace. No reader has a queue of its own. One that is overtaken by the oldest change in the
 * channel is too slow, and ends. Readers take from it without a lock: a hundred that are told at once would otherwise
 * spend their time waiting for each other, and fall behind. What all have read is let go of, but for the very last
 * changes: those who come back after a moment find them there.
 *
 * <p>A channel says from which place on it holds everything. A reader of the past joins it once it has reached that
 * place; as every change carries its place, none is missed there and none is told twice.
 */
final class FanOut {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

    /** Before the tail has read anything; behind every place there is. */
    private static final Position NOWHERE = new Position(-1, Long.MAX_VALUE);

    private static final int AT_A_TIME = 128;

    /** The most changes that are kept although all have read them. */
    private static final int KEPT = 256;

    private final ChangeDecoder decoder;
    private final int capacity;
    private final Map<String, Channel> channels = new HashMap<>();

    /** Whether there are channels. Every commit asks, and must not wait for the readers that hold the lock. */
    private volatile boolean followed;

    /** Set once all changes up to it are in the channels. */
    private volatile Position position = NOWHERE;

    private @Nullable CursorSeal seal;

    /** @param capacity the most changes a channel holds */
    FanOut(ChangeDecoder decoder, int capacity) {
        this.decoder = decoder;
        this.capacity = capacity;
    }

    /** A change with its place in the log. */
    record Entry(Position position, FeedItem.Changed changed) {}

    private record Numbered(long number, Entry entry) {}

    /** Changed by one thread at a time, which holds the lock. */
    static final class Channel {
        private final AtomicReferenceArray<@Nullable Numbered> ring;
        private final Set<LiveReader> readers = new LinkedHashSet<>();
        private Position coveredFrom;
        /** Number of the oldest entry that is held. */
        private long first;

        /** Number of the next entry to come. */
        private volatile long end;

        private Channel(int capacity, Position coveredFrom) {
            this.ring = new AtomicReferenceArray<>(capacity);
            this.coveredFrom = coveredFrom;
        }

        private int slot(long number) {
            return (int) (number % ring.length());
        }

        /** @return null where that entry is not held any more */
        private @Nullable Entry at(long number) {
            Numbered found = ring.get(slot(number));
            return found == null || found.number() != number ? null : found.entry();
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
        private void add(Entry entry) {
            if (holds(entry.position())) {
                return;
            }
            if (end - first == ring.length()) {
                letGo();
            }
            ring.set(slot(end), new Numbered(end, entry));
            end++;
        }

        /** Whether that was told before: what the tail failed at is told again, from the beginning. */
        private boolean holds(Position position) {
            return end > first && !position.isAfter(requireNonNull(at(end - 1)).position());
        }

        private void letGoOfWhatAllHaveRead() {
            long oldest = end - KEPT;
            for (LiveReader reader : readers) {
                // one that is still in the past joins where that ends, which must not run away from it
                oldest = Math.min(oldest, reader.live ? reader.next : first);
            }
            while (first < oldest) {
                letGo();
            }
        }

        private void letGo() {
            coveredFrom = requireNonNull(at(first)).position();
            ring.set(slot(first), null);
            first++;
        }
    }

    /**
     * Starts, or goes on where it stopped; with a log that is another one than before, everybody's reading ends.
     */
    void begin(LogState state) {
        List<LiveReader> readers = new ArrayList<>();
        synchronized (this) {
            boolean replaced = seal != null && !seal.isOfSameLog(state.seal());
            if (seal == null || replaced) {
                position = state.horizon().complete();
                seal = state.seal();
                channels.values().forEach(channel -> {
                    channel.coveredFrom = position;
                    readers.addAll(channel.readers);
                });
                if (replaced) {
                    readers.forEach(reader -> reader.end(Ended.Reason.LOG_REPLACED));
                    channels.clear();
                    followed = false;
                }
            }
        }
        readers.forEach(LiveReader::notifyAvailable);
    }

    synchronized boolean hasBegun() {
        return seal != null;
    }

    /** Moves on without reading, which only does while nobody follows. */
    synchronized boolean skipTo(Position place) {
        if (channels.isEmpty()) {
            position = position.orLater(place);
            return true;
        }
        return false;
    }

    boolean isFollowed() {
        return followed;
    }

    /** @return how many readers there are to tell */
    synchronized int followers() {
        return channels.values().stream()
                .mapToInt(channel -> channel.readers.size())
                .sum();
    }

    synchronized boolean hasReached(Position place) {
        return !place.isAfter(position);
    }

    Position position() {
        return position;
    }

    /**
     * Where this fails, nobody is told that the end was reached, and the same is to be told again.
     *
     * @param events those between the last place and this one, of any factory
     * @param end the place up to which there are no others
     */
    void tell(List<LoggedEvent> events, Position end) {
        List<LiveReader> readers = new ArrayList<>();
        try {
            add(events, end, readers);
        } finally {
            readers.forEach(LiveReader::notifyAvailable);
        }
    }

    private synchronized void add(List<LoggedEvent> events, Position end, List<LiveReader> readers) {
        Set<Channel> told = new LinkedHashSet<>();
        for (LoggedEvent event : events) {
            Channel channel = channels.get(event.factoryId());
            if (channel != null) {
                try {
                    channel.add(entry(event));
                    told.add(channel);
                } catch (UnreadableEvent e) {
                    // whoever goes on would be told of a gap; another node may be able to read it
                    LOG.error("the feed of a factory stops here", e);
                    channel.readers.forEach(reader -> reader.end(Ended.Reason.UNREADABLE));
                    readers.addAll(channel.readers);
                    channels.remove(event.factoryId());
                    followed = !channels.isEmpty();
                    told.remove(channel);
                }
            }
        }
        for (Channel channel : told) {
            for (LiveReader reader : channel.readers) {
                if (reader.live && reader.next < channel.first) {
                    reader.end(Ended.Reason.SLOW);
                }
                readers.add(reader);
            }
            channel.letGoOfWhatAllHaveRead();
        }
        position = position.orLater(end);
    }

    private Entry entry(LoggedEvent event) {
        if (seal == null) {
            throw new IllegalStateException("read before it began");
        }
        return new Entry(
                event.position(),
                new FeedItem.Changed(seal.cursor(event.factoryId(), event.position()), decoder.decode(event)));
    }

    /** Makes a channel hold what is to come, until the reader leaves. */
    synchronized void follow(LiveReader reader) {
        if (seal != null && !seal.isOfSameLog(reader.seal())) {
            reader.end(Ended.Reason.LOG_REPLACED);
            return;
        }
        channels.computeIfAbsent(reader.factoryId(), factory -> new Channel(capacity, position))
                .readers
                .add(reader);
        followed = true;
    }

    synchronized void leave(LiveReader reader) {
        Channel channel = channels.get(reader.factoryId());
        if (channel != null && channel.readers.remove(reader) && channel.readers.isEmpty()) {
            channels.remove(reader.factoryId());
            followed = !channels.isEmpty();
        }
    }

    /**
     * Lets a reader go on from the channel.
     *
     * @param reached the place up to which the reader was told everything
     * @param backlogEnd the place where what it calls the past ends
     * @return whether it can: the channel holds everything after that place, and the past
     */
    synchronized boolean join(LiveReader reader, Position reached, Position backlogEnd) {
        Channel channel = channels.get(reader.factoryId());
        if (channel == null || channel.coveredFrom.isAfter(reached) || backlogEnd.isAfter(position.orLater(reached))) {
            return false;
        }
        long number = channel.first;
        while (number < channel.end
                && !requireNonNull(channel.at(number)).position().isAfter(reached)) {
            number++;
        }
        reader.next = number;
        reader.pastEnds = channel.end;
        reader.channel = channel;
        // within the lock: whoever is overtaken from here on is cut off
        reader.live = true;
        return true;
    }

    /**
     * Hands over the next changes of a reader that has joined, so many at most: none where there are none, or none yet that
     * belong to its past. Called by one thread at a time for each reader.
     */
    void take(LiveReader reader, boolean ofPastOnly, Deque<Entry> into) {
        Channel channel = requireNonNull(reader.channel);
        // first: what comes while this looks may be missing below, and must not be passed over
        Position told = position;
        long end = ofPastOnly ? reader.pastEnds : channel.end;
        long next = reader.next;
        for (; next < end && into.size() < AT_A_TIME; next++) {
            Entry entry = channel.at(next);
            if (entry == null) {
                reader.end(Ended.Reason.SLOW);
                return;
            }
            // a reader that saw further than the tail when it joined
            if (entry.position().isAfter(reader.reached())) {
                if (reader.filter().matches(entry.changed().change().key())) {
                    into.add(entry);
                } else if (into.isEmpty()) {
                    reader.reach(entry.position());
                }
            }
        }
        reader.next = next;
        if (into.isEmpty() && !ofPastOnly) {
            reader.reach(told.orLater(reader.reached()));
        }
    }
}

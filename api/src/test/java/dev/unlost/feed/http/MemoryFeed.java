package dev.unlost.feed.http;

import dev.unlost.feed.Feed;
import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedItem.Ended;
import dev.unlost.feed.FeedPage;
import dev.unlost.feed.FeedReader;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.FeedStart;
import dev.unlost.feed.MalformedCursor;
import dev.unlost.feed.RecordChange;
import dev.unlost.feed.ResetReason;
import dev.unlost.versioning.Action;
import dev.unlost.versioning.RecordKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A feed of what a test appends. Cursors are {@code c0}, {@code c1}, … */
@Component
final class MemoryFeed implements Feed {

    private final List<Changed> log = Collections.synchronizedList(new ArrayList<>());
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    void append(String factory, String id, long version) {
        RecordChange change = new RecordChange(
                new RecordKey("customer", id),
                factory,
                version == 1 ? Action.CREATE : Action.UPDATE,
                List.of("phone", "tags"),
                version,
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                "u-1");
        synchronized (log) {
            log.add(new Changed("c" + (log.size() + 1), change));
        }
        readers.forEach(reader -> reader.available.run());
    }

    void endAll(Ended.Reason reason) {
        readers.forEach(reader -> {
            reader.ended = reason;
            reader.available.run();
        });
    }

    void failAll(Error failure) {
        readers.forEach(reader -> {
            reader.failure = failure;
            reader.available.run();
        });
    }

    int openReaders() {
        return readers.size();
    }

    String head() {
        return "c" + log.size();
    }

    @Override
    public Set<String> types() {
        return Set.of("customer");
    }

    @Override
    public FeedPage page(FeedRequest request, int limit) {
        int place = place(request);
        if (place > log.size()) {
            return new FeedPage(List.of(), head(), ResetReason.FUTURE);
        }
        List<Changed> items = new ArrayList<>();
        for (; place < log.size() && items.size() < limit; place++) {
            if (isWanted(request, log.get(place))) {
                items.add(log.get(place));
            }
        }
        return new FeedPage(items, "c" + place, null);
    }

    @Override
    public FeedReader open(FeedRequest request, Runnable available) {
        int place = place(request);
        Reader reader = new Reader(request, available, place > log.size() ? ResetReason.FUTURE : null);
        reader.place = Math.min(place, log.size());
        readers.add(reader);
        return reader;
    }

    private static boolean isWanted(FeedRequest request, Changed changed) {
        return changed.change().factoryId().equals(request.factoryId())
                && request.filter().matches(changed.change().key());
    }

    private int place(FeedRequest request) {
        return switch (request.start()) {
            case FeedStart.Now now -> log.size();
            case FeedStart.Beginning beginning -> 0;
            case FeedStart.After after -> {
                if (!after.cursor().matches("c[0-9]{1,8}")) {
                    throw new MalformedCursor();
                }
                yield Integer.parseInt(after.cursor().substring(1));
            }
        };
    }

    private final class Reader implements FeedReader {
        private final FeedRequest request;
        private final Runnable available;
        private @Nullable ResetReason reset;
        private volatile Ended.@Nullable Reason ended;
        private volatile @Nullable Error failure;
        private int place;
        private boolean synced;

        Reader(FeedRequest request, Runnable available, @Nullable ResetReason reset) {
            this.request = request;
            this.available = available;
            this.reset = reset;
        }

        @Override
        public @Nullable FeedItem poll() {
            if (failure != null) {
                throw failure;
            }
            if (reset != null) {
                FeedItem item = new FeedItem.Reset(cursor(), reset);
                reset = null;
                return item;
            }
            if (ended != null) {
                return new Ended(ended);
            }
            while (place < log.size()) {
                Changed changed = log.get(place++);
                if (isWanted(request, changed)) {
                    return changed;
                }
            }
            if (synced) {
                return null;
            }
            synced = true;
            return new FeedItem.Synced(cursor());
        }

        @Override
        public String cursor() {
            return "c" + place;
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}

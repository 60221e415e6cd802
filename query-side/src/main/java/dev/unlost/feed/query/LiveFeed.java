package dev.unlost.feed.query;

import dev.unlost.feed.Feed;
import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedPage;
import dev.unlost.feed.FeedReader;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.FeedStart;
import dev.unlost.feed.ResetReason;
import dev.unlost.feed.query.CursorSeal.Opened;
import dev.unlost.versioning.RecordType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The feed from {@code unlost.event}. */
final class LiveFeed implements Feed {

    private final Set<String> types;
    private final Backlog backlog;
    private final FanOut fanOut;
    private final Runnable wakeTail;

    /** @param wakeTail makes the tail, which may be at rest while nobody follows it, look at the log */
    LiveFeed(Collection<? extends RecordType<?, ?>> types, Backlog backlog, FanOut fanOut, Runnable wakeTail) {
        this.types = types.stream().map(RecordType::name).collect(Collectors.toUnmodifiableSet());
        this.backlog = backlog;
        this.fanOut = fanOut;
        this.wakeTail = wakeTail;
    }

    @Override
    public Set<String> types() {
        return types;
    }

    @Override
    public FeedPage page(FeedRequest request, int limit) {
        LogState state = backlog.state();
        Start start = start(request, state);
        if (start.reset() != null || request.start() instanceof FeedStart.Now) {
            return new FeedPage(List.of(), state.seal().cursor(request.factoryId(), start.place()), start.reset());
        }
        Backlog.Batch batch = backlog.page(request, start.place(), limit);
        if (!batch.whole()) {
            return new FeedPage(
                    List.of(),
                    state.seal().cursor(request.factoryId(), state.horizon().complete()),
                    ResetReason.GONE);
        }
        List<Changed> items = batch.events().stream()
                .map(event -> backlog.changed(state.seal(), event))
                .toList();
        return new FeedPage(items, state.seal().cursor(request.factoryId(), batch.end()), null);
    }

    @Override
    public FeedReader open(FeedRequest request, Runnable available) {
        LogState state = backlog.state();
        Start start = start(request, state);
        LiveReader reader = new LiveReader(
                fanOut,
                backlog,
                state.seal(),
                request,
                start.place(),
                state.horizon().complete(),
                start.reset(),
                available);
        fanOut.follow(reader);
        wakeTail.run();
        return reader;
    }

    private record Start(Position place, @Nullable ResetReason reset) {}

    private static Start start(FeedRequest request, LogState state) {
        Position now = state.horizon().complete();
        return switch (request.start()) {
            case FeedStart.Now fromNow -> new Start(now, null);
            case FeedStart.Beginning beginning ->
                state.keptAfter().isAfter(Position.BEGINNING)
                        ? new Start(now, ResetReason.GONE)
                        : new Start(Position.BEGINNING, null);
            case FeedStart.After after ->
                switch (state.seal().open(request.factoryId(), after)) {
                    case Opened.Elsewhere elsewhere -> new Start(now, elsewhere.reason());
                    case Opened.At at -> {
                        if (Long.compareUnsigned(
                                        at.position().transaction(),
                                        state.horizon().next())
                                >= 0) {
                            yield new Start(now, ResetReason.FUTURE);
                        }
                        yield state.keptAfter().isAfter(at.position())
                                ? new Start(now, ResetReason.GONE)
                                : new Start(at.position(), null);
                    }
                };
        };
    }
}

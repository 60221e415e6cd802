package dev.unlost.feed.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.feed.FeedFilter;
import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedItem.Ended;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.FeedStart;
import dev.unlost.feed.query.CursorSeal.Opened;
import dev.unlost.versioning.RecordKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The place where the tail and its followers meet, without a database: whoever has to ask one is told so. */
class FanOutTest {

    private static final List<String> FACTORIES = List.of("red", "green", "blue");
    private static final FeedFilter ODD = new FeedFilter(null, "odd");
    private static final int CAPACITY = 1024;

    private static final CursorSeal SEAL = new CursorSeal("a log", "0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    /** What is thrown when the last of these events is decoded; null for nothing. */
    private @Nullable Error failure;

    private int untilFailure;

    private final ChangeDecoder decoder =
            new ChangeDecoder(Jackson3Serializer.builder().build(), events -> {
                if (failure != null && --untilFailure == 0) {
                    throw failure;
                }
                return events;
            });
    private FanOut fanOut = begun(CAPACITY);
    private final Backlog unreachable = new Backlog(new NoDatabase(), decoder, 10, 100);

    /** All that was told or is about to be, of each factory: the places in the log, and the records' ids. */
    private final Map<String, NavigableMap<Position, String>> log = Map.of(
            "red", new ConcurrentSkipListMap<>(),
            "green", new ConcurrentSkipListMap<>(),
            "blue", new ConcurrentSkipListMap<>());

    private long transaction = 1;
    private long index;

    private FanOut begun(int capacity) {
        FanOut begun = new FanOut(decoder, capacity);
        begun.begin(new LogState(new Horizon(1, 1), SEAL, Position.BEGINNING));
        return begun;
    }

    @Test
    void whatComesIsHeldForThoseWhoHaveNotReachedItYet() {
        Follower reading = new Follower("red", FeedFilter.ALL, fanOut.position());
        Follower onItsWay = new Follower("red", FeedFilter.ALL, fanOut.position());
        for (int told = 0; told < CAPACITY; told += 32) {
            tell("red", 32);
            reading.takeAll();
        }
        onItsWay.takeAll();
        assertThat(onItsWay.taken).isEqualTo(CAPACITY);
    }

    @Test
    void whoHasSeenFurtherThanTheTailIsToldNothingAgain() {
        Position ahead = new Position(transaction + 1, Long.MAX_VALUE);
        Follower follower = new Follower("red", FeedFilter.ALL, ahead);
        follower.takeAll();
        tell("red", 3);
        follower.takeAll();
        assertThat(follower.taken).isZero();
        assertThat(follower.place()).isEqualTo(ahead);
        tell("red", 2);
        follower.takeAll();
        assertThat(follower.taken).isEqualTo(2);
    }

    @Test
    void whatAllHaveReadIsLetGoOf() {
        Follower reading = new Follower("red", FeedFilter.ALL, fanOut.position());
        Position beginning = fanOut.position();
        for (int told = 0; told < CAPACITY; told += 32) {
            tell("red", 32);
            reading.takeAll();
        }
        Follower late = new Follower("red", FeedFilter.ALL, beginning);
        assertThat(late.hasToAskTheDatabase()).isTrue();
    }

    @Test
    void whatFailedHalfWayIsToldAgainAndReachesEverybodyOnce() throws Exception {
        Follower follower = new Follower("red", FeedFilter.ALL, fanOut.position());
        follower.takeAll();
        List<LoggedEvent> events = next("red", 3);
        failure = new OutOfMemoryError("an event");
        untilFailure = 3;
        assertThatThrownBy(() -> fanOut.tell(events, end())).isSameAs(failure);
        failure = null;
        follower.available.drainPermits();
        fanOut.tell(events, end());
        assertThat(follower.available.tryAcquire())
                .as("is told that there is something")
                .isTrue();
        follower.takeAll();
        assertThat(follower.taken).isEqualTo(3);
    }

    @Test
    void anEventWhoseClassCannotBeLoadedEndsTheFeedOfItsFactoryOnly() {
        Follower red = new Follower("red", FeedFilter.ALL, fanOut.position());
        Follower blue = new Follower("blue", FeedFilter.ALL, fanOut.position());
        red.takeAll();
        failure = new NoClassDefFoundError("an event");
        untilFailure = 1;
        tell("red", 1);
        tell("blue", 1);
        assertThat(red.reader.poll()).isEqualTo(new Ended(Ended.Reason.UNREADABLE));
        blue.takeAll();
        assertThat(blue.taken).isEqualTo(1);
    }

    /** Who is overtaken by what comes, as most are where little is held, is cut off, but told nothing wrong. */
    @ParameterizedTest
    @ValueSource(ints = {4, CAPACITY})
    @Timeout(120)
    void everybodyIsToldEverythingOnceAndInOrderWhileManyComeAndGo(int capacity) throws Exception {
        fanOut = begun(capacity);
        int followers = 6;
        int batches = 5_000;
        AtomicInteger told = new AtomicInteger();
        AtomicInteger overtaken = new AtomicInteger();
        Semaphore begun = new Semaphore(0);
        List<Callable<Integer>> all = new ArrayList<>();
        all.add(() -> {
            begun.acquire(followers);
            Random random = new Random(1);
            for (int batch = 0; batch < batches; batch++) {
                tell(FACTORIES.get(random.nextInt(FACTORIES.size())), random.nextInt(8));
                told.set(batch);
            }
            told.set(batches);
            fanOut.tell(List.of(), Position.below(++transaction));
            return 0;
        });
        for (int i = 0; i < followers; i++) {
            Random random = new Random(100 + i);
            String factory = FACTORIES.get(i % FACTORIES.size());
            FeedFilter filter = i % 4 == 3 ? ODD : FeedFilter.ALL;
            if (i < FACTORIES.size()) {
                all.add(() -> {
                    Follower follower = new Follower(factory, filter, fanOut.position());
                    begun.release();
                    boolean ended = follower.takeWhileThereIsMore(() -> told.get() == batches);
                    follower.close();
                    assertThat(ended && capacity == CAPACITY).as("cut off").isFalse();
                    return follower.taken;
                });
                continue;
            }
            all.add(() -> {
                int taken = 0;
                Position place = fanOut.position();
                begun.release();
                boolean last;
                do {
                    last = told.get() == batches;
                    Follower follower = new Follower(factory, filter, place);
                    boolean ended = last ? follower.takeAll() : follower.takeFor(random.nextInt(2_000));
                    taken += follower.taken;
                    // comes back where it was told to, or, where that is too long ago, begins anew
                    place = ended ? fanOut.position() : follower.place();
                    if (ended) {
                        overtaken.incrementAndGet();
                    }
                    follower.close();
                } while (!last);
                return taken;
            });
        }
        int taken = 0;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (Future<Integer> future : threads.invokeAll(all)) {
                taken += future.get();
            }
        }
        assertThat(taken).as("the test has something to look at").isPositive();
        if (capacity == CAPACITY) {
            assertThat(overtaken.get()).as("of %s", taken).isLessThan(taken / 10);
        }
        assertThat(fanOut.followers()).isZero();
        assertThat(fanOut.isFollowed()).isFalse();
    }

    private void tell(String factory, int count) {
        fanOut.tell(next(factory, count), end());
    }

    private Position end() {
        return new Position(transaction, Long.MAX_VALUE);
    }

    /** Logs some of another transaction. */
    private List<LoggedEvent> next(String factory, int count) {
        long now = ++transaction;
        List<LoggedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Position position = new Position(now, ++index);
            String id = index % 2 == 0 ? "even" : "odd";
            ourLog(factory).put(position, id);
            events.add(new LoggedEvent(
                    position,
                    factory,
                    new RecordKey("customer", id),
                    index,
                    Instant.EPOCH,
                    "dev.unlost.customer.CustomerEvent$CustomerUpdated",
                    "1",
                    "{\"changed\":{\"phone\":{\"from\":\"1\",\"to\":\"2\"}}}",
                    "{\"factory\":\"" + factory + "\",\"actor\":\"u-1\"}"));
        }
        return events;
    }

    private NavigableMap<Position, String> ourLog(String factory) {
        return Objects.requireNonNull(log.get(factory));
    }

    /** Compares what it is told with the log, at every step. */
    private final class Follower {

        private final String factory;
        private final FeedFilter filter;
        private final Semaphore available = new Semaphore(1);
        private final LiveReader reader;
        private Position last;
        private int taken;

        Follower(String factory, FeedFilter filter, Position place) {
            this.factory = factory;
            this.filter = filter;
            this.last = place;
            this.reader = new LiveReader(
                    fanOut,
                    unreachable,
                    SEAL,
                    new FeedRequest(factory, FeedStart.NOW, filter),
                    place,
                    place,
                    null,
                    available::release);
            fanOut.follow(reader);
        }

        boolean hasToAskTheDatabase() {
            try {
                reader.poll();
                return false;
            } catch (LogUnavailable e) {
                return true;
            } finally {
                close();
            }
        }

        /** @return whether it was cut off */
        boolean takeFor(int times) {
            for (int i = 0; i < times; i++) {
                if (takeAll()) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Takes only when it was told that there is something.
         *
         * @return whether it was cut off
         */
        boolean takeWhileThereIsMore(BooleanSupplier over) throws InterruptedException {
            boolean last;
            do {
                last = over.getAsBoolean();
                boolean mustBeTold = next(fanOut.position()) != null;
                if (available.tryAcquire(mustBeTold ? 10_000 : 1, TimeUnit.MILLISECONDS)) {
                    available.drainPermits();
                    if (takeAll()) {
                        return true;
                    }
                } else {
                    assertThat(mustBeTold)
                            .as("was not told what came after %s", this.last)
                            .isFalse();
                }
            } while (!last);
            return false;
        }

        /** @return whether it was cut off, or came too late */
        boolean takeAll() {
            try {
                while (true) {
                    Position told = fanOut.position();
                    FeedItem item = reader.poll();
                    switch (item) {
                        case null -> {
                            assertThat(next(told)).as("missed after %s", last).isNull();
                            return false;
                        }
                        case Changed changed -> {
                            Position here = opened(changed.cursor());
                            assertThat(next(here)).as("after %s", last).isEqualTo(here);
                            assertThat(changed.change().factoryId()).isEqualTo(factory);
                            last = here;
                            taken++;
                        }
                        case Ended ended -> {
                            assertThat(ended.reason()).isEqualTo(Ended.Reason.SLOW);
                            return true;
                        }
                        case FeedItem.Synced synced -> {}
                        case FeedItem.Reset reset -> throw new AssertionError(reset);
                    }
                }
            } catch (LogUnavailable e) {
                return true;
            }
        }

        /** @return the place of the next change up to there that it should be told; null for none */
        private @Nullable Position next(Position through) {
            if (!through.isAfter(last)) {
                return null;
            }
            return ourLog(factory).subMap(last, false, through, true).entrySet().stream()
                    .filter(entry -> filter.id() == null || filter.id().equals(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        private Position place() {
            return opened(reader.cursor());
        }

        private Position opened(String cursor) {
            return SEAL.open(factory, new FeedStart.After(cursor)) instanceof Opened.At at
                    ? at.position()
                    : Position.BEGINNING;
        }

        void close() {
            reader.close();
        }
    }

    private static final class NoDatabase extends AbstractDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("there is none", "08001");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}

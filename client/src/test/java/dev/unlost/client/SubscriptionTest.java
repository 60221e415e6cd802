package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTest {

    private final Script script = new Script();
    private final TestServer server = new TestServer(script);
    private final ManualTiming timing = new ManualTiming();
    private final BlockingQueue<FeedEvent> events = new LinkedBlockingQueue<>();
    private UnlostClient client = UnlostClient.of(server.uri()).timing(timing).build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void changesAreToldInOrderWithTheirCursors() throws InterruptedException {
        script.thenOpenStream(
                Script.sign("k0", "synced"),
                Script.change("k1", "c1", 1, "create"),
                Script.change("k2", "c1", 2, "update"),
                Script.sign("k3", "heartbeat"));

        Subscription subscription = client.changes().subscribe(events::add);

        assertThat(next()).isEqualTo(new FeedEvent.Synced("k0"));
        assertThat(next()).satisfies(event -> isChange(event, "k1", 1, Action.CREATE));
        assertThat(next()).satisfies(event -> isChange(event, "k2", 2, Action.UPDATE));
        assertThat(next()).isEqualTo(new FeedEvent.Heartbeat("k3"));
        assertThat(subscription.cursor().orElseThrow()).isIn("k2", "k3");
        TestServer.Request request = server.requests().getFirst();
        assertThat(request).hasToString("GET /api/changes");
        assertThat(request.header("Accept")).isEqualTo("text/event-stream");
        assertThat(request.header("Last-Event-ID")).isNull();
    }

    @Test
    void resumesAfterTheLastEventWhateverItBeganWith() throws InterruptedException {
        script.thenStream(Script.change("k1", "c1", 1, "create"), "id: k2\nevent: change\ndata: {broken off")
                .thenStream(Script.sign("k5", "heartbeat"))
                .thenOpenStream(Script.change("k6", "c1", 2, "update"));

        client.changes().fromBeginning().ofType("customer").ofId("c1").subscribe(events::add);

        assertThat(next()).satisfies(event -> isChange(event, "k1", 1, Action.CREATE));
        assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
        assertThat(next()).isEqualTo(new FeedEvent.Heartbeat("k5"));
        assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
        assertThat(next()).satisfies(event -> isChange(event, "k6", 2, Action.UPDATE));
        assertThat(server.requests())
                .extracting(request -> request + " " + request.header("Last-Event-ID"))
                .containsExactly(
                        "GET /api/changes?type=customer&id=c1&since=0 null",
                        "GET /api/changes?type=customer&id=c1 k1",
                        "GET /api/changes?type=customer&id=c1 k5");
    }

    @Test
    void goesOnFromAKeptCursor() throws InterruptedException {
        script.thenOpenStream(Script.sign("k8", "synced"));

        client.changes().after("k7").subscribe(events::add);

        assertThat(next()).isEqualTo(new FeedEvent.Synced("k8"));
        assertThat(server.requests().getFirst()).hasToString("GET /api/changes?since=k7");
    }

    @Test
    void brokenStreamGoesOnAtTheNextNode() throws InterruptedException {
        Script second = new Script().thenOpenStream(Script.change("k2", "c1", 2, "update"));
        script.thenOpenStream(Script.change("k1", "c1", 1, "create"));

        try (TestServer other = new TestServer(second);
                UnlostClient cluster = UnlostClient.of(server.uri(), other.uri())
                        .timing(timing)
                        .build()) {
            cluster.changes().subscribe(events::add);
            assertThat(next()).satisfies(event -> isChange(event, "k1", 1, Action.CREATE));
            server.close();

            assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
            assertThat(next()).satisfies(event -> isChange(event, "k2", 2, Action.UPDATE));
            assertThat(other.requests().getFirst().header("Last-Event-ID")).isEqualTo("k1");
        }
    }

    @Test
    void silenceBeyondTheHeartbeatCountsAsLost() throws InterruptedException {
        script.thenOpenStream(Script.sign("k1", "heartbeat")).thenOpenStream(Script.sign("k2", "heartbeat"));
        client.close();
        client = UnlostClient.of(server.uri())
                .timing(timing)
                .heartbeatTimeout(Duration.ofMillis(300))
                .build();

        client.changes().subscribe(events::add);

        assertThat(next()).isEqualTo(new FeedEvent.Heartbeat("k1"));
        assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
        assertThat(next()).isEqualTo(new FeedEvent.Heartbeat("k2"));
    }

    @Test
    void resetIsToldOnceItIsKnownFromWhereTheServiceGoesOn() throws InterruptedException {
        script.thenStream(Script.sign("old", "synced"))
                .thenStream("event: reset\ndata: {}\n\n")
                .thenOpenStream(Script.sign("new", "synced"), Script.change("n1", "c1", 9, "update"));

        client.changes().fromBeginning().subscribe(events::add);

        assertThat(next()).isEqualTo(new FeedEvent.Synced("old"));
        assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
        assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
        assertThat(next()).isEqualTo(new FeedEvent.Reset("new"));
        assertThat(next()).isEqualTo(new FeedEvent.Synced("new"));
        assertThat(next()).satisfies(event -> isChange(event, "n1", 9, Action.UPDATE));
        assertThat(server.requests().getLast())
                .as("neither the cursor that was refused nor the beginning")
                .hasToString("GET /api/changes");
        assertThat(server.requests().getLast().header("Last-Event-ID")).isNull();
    }

    @Test
    void resetWithAPlaceIsToldAtOnce() throws InterruptedException {
        script.thenOpenStream("id: n0\nevent: reset\ndata: {}\n\n");

        client.changes().after("old").subscribe(events::add);

        assertThat(next()).isEqualTo(new FeedEvent.Reset("n0"));
    }

    @Test
    void eventsOfTheFutureAreLeftOutButPassed() throws InterruptedException {
        script.thenStream("id: k1\nevent: hint\ndata: {}\n\n").thenOpenStream(Script.sign("k2", "synced"));

        client.changes().subscribe(events::add);

        assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
        assertThat(next()).isEqualTo(new FeedEvent.Synced("k2"));
        assertThat(server.requests().getLast().header("Last-Event-ID")).isEqualTo("k1");
    }

    @Test
    void whatTheListenerThrowsEndsItAtTheEventBefore() {
        script.thenOpenStream(Script.change("k1", "c1", 1, "create"), Script.change("k2", "c1", 2, "update"));

        Subscription subscription = client.changes().subscribe(event -> {
            if (event instanceof FeedEvent.Changed changed && changed.change().version() == 2) {
                throw new IllegalStateException("disk full");
            }
        });

        assertThatThrownBy(() -> ended(subscription)).hasRootCauseMessage("disk full");
        assertThat(subscription.cursor()).contains("k1");
    }

    @ParameterizedTest
    @CsvSource({
        "400,malformed-query,InvalidRequestException",
        "401,unauthenticated,UnauthorizedException",
        "403,insufficient-scope,ForbiddenException"
    })
    void refusalThatTimeDoesNotMendEndsIt(int status, String code, String type) {
        script.thenProblem(status, code);

        Subscription subscription = client.changes().subscribe(events::add);

        assertThatThrownBy(() -> ended(subscription))
                .satisfies(thrown -> assertThat(Objects.requireNonNull(thrown.getCause())
                                .getClass()
                                .getSimpleName())
                        .isEqualTo(type));
    }

    @Test
    void pageInsteadOfAStreamEndsIt() {
        script.thenAnswer(200, "<html>welcome</html>", "Content-Type", "text/html");

        Subscription subscription = client.changes().subscribe(events::add);

        assertThatThrownBy(() -> ended(subscription)).hasCauseInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void changeThatCannotBeReadEndsIt() {
        script.thenOpenStream("id: k1\nevent: change\ndata: {\"type\":\"customer\"}\n\n");

        Subscription subscription = client.changes().subscribe(events::add);

        assertThatThrownBy(() -> ended(subscription)).hasCauseInstanceOf(UnexpectedAnswerException.class);
    }

    @ParameterizedTest
    @CsvSource({"429,too-many-streams", "503,unavailable"})
    void comesBackWhenItWasAskedTo(int status, String code) throws InterruptedException {
        script.thenProblem(status, code, "Retry-After", "3").thenOpenStream(Script.sign("k1", "synced"));

        client.changes().subscribe(events::add);

        assertThat(next())
                .isInstanceOfSatisfying(
                        FeedEvent.Disconnected.class,
                        lost -> assertThat(lost.retryIn()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_100)));
        assertThat(next()).isEqualTo(new FeedEvent.Synced("k1"));
    }

    @Test
    void delaysGrowUntilAnEventComes() throws InterruptedException {
        script.thenProblem(500, "internal-error")
                .thenProblem(500, "internal-error")
                .thenProblem(500, "internal-error")
                .thenStream(Script.sign("k1", "synced"))
                .thenOpenStream(Script.sign("k2", "heartbeat"));

        client.changes().subscribe(events::add);
        while (!next().equals(new FeedEvent.Heartbeat("k2"))) {
            // what comes before is not looked at
        }

        assertThat(timing.sleeps()).extracting(Duration::toMillis).containsExactly(50L, 100L, 200L, 50L);
    }

    @Test
    void serviceCanAskForALongerPause() throws InterruptedException {
        script.thenStream("retry: 5000\n\n" + Script.sign("k1", "synced"))
                .thenOpenStream(Script.sign("k2", "heartbeat"));

        client.changes().subscribe(events::add);
        next();

        assertThat(next())
                .isInstanceOfSatisfying(
                        FeedEvent.Disconnected.class,
                        lost -> assertThat(lost.retryIn()).isEqualTo(Duration.ofMillis(5_050)));
    }

    @Test
    void refusedTokenIsRenewed() throws InterruptedException {
        Iterator<String> tokens = List.of("one", "two").iterator();
        script.thenStream(Script.sign("k1", "synced"))
                .thenProblem(401, "unauthenticated")
                .thenOpenStream(Script.sign("k2", "heartbeat"));

        try (UnlostClient ann =
                UnlostClient.of(server.uri()).timing(timing).token(tokens::next).build()) {
            ann.changes().subscribe(events::add);
            next();
            assertThat(next()).isInstanceOf(FeedEvent.Disconnected.class);
            assertThat(next()).isEqualTo(new FeedEvent.Heartbeat("k2"));
        }
        assertThat(server.requests().getLast().header("Authorization")).isEqualTo("Bearer two");
    }

    @Test
    void closingEndsItWithoutAFailure() throws InterruptedException {
        script.thenOpenStream(Script.sign("k1", "synced"));
        Subscription subscription = client.changes().subscribe(events::add);
        next();

        subscription.close();

        ended(subscription);
        assertThat(events).isEmpty();
    }

    @Test
    void closingTheClientEndsAll() throws InterruptedException {
        script.thenOpenStream(Script.sign("k1", "synced"));
        Subscription subscription = client.changes().subscribe(events::add);
        next();

        client.close();

        ended(subscription);
    }

    @Test
    void changesCanBeReadAsAPage() {
        script.thenAnswer(200, """
                {"items":[{"type":"customer","id":"c1","factoryId":"f-1","action":"restore","changedKeys":["phone"],
                "version":7,"ts":"2026-11-22T10:15:30.123456Z","actor":"u-1"}],"next":"k9"}""");

        ChangesPage page = client.changes().fromBeginning().page();

        assertThat(page.next()).isEqualTo("k9");
        assertThat(page.items()).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo(Action.RESTORE);
            assertThat(change.changedKeys()).containsExactly("phone");
        });
        assertThat(server.requests().getFirst().header("Accept")).isEqualTo("application/json");
    }

    private FeedEvent next() throws InterruptedException {
        return Objects.requireNonNull(events.poll(20, TimeUnit.SECONDS), "no event came");
    }

    private static void ended(Subscription subscription) throws CompletionException {
        subscription.completion().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void isChange(FeedEvent event, String cursor, long version, Action action) {
        assertThat(event).isInstanceOfSatisfying(FeedEvent.Changed.class, changed -> {
            assertThat(changed.cursor()).isEqualTo(cursor);
            assertThat(changed.change().version()).isEqualTo(version);
            assertThat(changed.change().action()).isEqualTo(action);
        });
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.guarantees.FeedNode.Writer;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.EventStream;
import dev.unlost.app.support.EventStream.Event;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who may follow the feed, from where, for how long, and what is said otherwise. */
class FeedAnswersIT {

    private static final String CHANGES = "/api/changes";
    private static final String[] JSON = {"Accept", "application/json"};
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String factory = "answers-" + UUID.randomUUID();
    private final Caller ann = Caller.of(FeedNode.node(), "ann", factory);
    private final Caller bob = Caller.of(FeedNode.node(), "bob", factory + "-other");

    // ---- isolation

    @Test
    void aFactoryIsToldNothingOfAnother() throws Exception {
        String path = ann.created("{\"name\":\"Ours\"}");
        String id = path.substring(path.lastIndexOf('/') + 1);
        try (EventStream theirs = follow(bob, "")) {
            assertThat(ann.patch(path, "{\"phone\":\"+1\"}", "If-Match", "*").status())
                    .isEqualTo(200);
            bob.created("{\"name\":\"Theirs\"}");
            assertThat(theirs.next("change").json().path("factoryId").stringValue())
                    .isEqualTo(factory + "-other");
        }
        assertThat(bob.get(CHANGES + "?since=0", JSON).text()).contains(factory + "-other");
        assertThat(bob.get(CHANGES + "?since=0", JSON).text()).doesNotContain(id, "\"" + factory + "\"");
        assertThat(bob.get(CHANGES + "?since=0&id=" + id, JSON).json().path("items"))
                .isEmpty();
        assertThat(ann.get(CHANGES + "?since=0&id=" + id, JSON).json().path("items"))
                .hasSize(2);
    }

    @Test
    void aCursorOfAnotherFactoryTellsNothing() throws Exception {
        String cursor = here(ann);
        ann.created("{\"name\":\"Ours\"}");
        assertReset(bob, cursor, "foreign");
    }

    // ---- places to go on after

    @Test
    void aCursorOfAnotherDatabaseIsAnsweredWithAReset() throws Exception {
        Caller elsewhere = Caller.of(SharedNodes.first(), "ann", factory);
        assertReset(ann, here(elsewhere), "foreign");
        assertReset(elsewhere, here(ann), "foreign");
    }

    @Test
    void aCursorOlderThanWhatIsKeptIsAnsweredWithAReset() throws Exception {
        String cursor = here(ann);
        ann.created("{\"name\":\"Acme\"}");
        asAdmin(
                "update unlost.log_epoch set (kept_after_xid, kept_after_index) ="
                        + " (select xid, global_index from unlost.event order by event.xid desc, event.global_index desc limit 1)");
        try {
            assertReset(ann, cursor, "gone");
            assertReset(ann, "0", "gone");
        } finally {
            asAdmin("update unlost.log_epoch set kept_after_xid = '0', kept_after_index = 0");
        }
        assertThat(ann.get(CHANGES + "?since=" + cursor, JSON).json().path("items"))
                .as("those before and after both resets")
                .hasSize(3);
    }

    @Test
    void aRestoredDatabaseEndsStreamsAndAnswersTheirCursorsWithAReset() throws Exception {
        ann.created("{\"name\":\"Acme\"}");
        String cursor = here(ann);
        try (EventStream stream = follow(ann, cursor)) {
            asAdmin("call unlost.begin_log_epoch()");
            Event farewell = stream.next();
            while (farewell != null && !farewell.name().isEmpty()) {
                farewell = stream.next();
            }
            assertThat(farewell).isNotNull();
            assertThat(farewell.data()).startsWith("the database was replaced");
            assertThat(stream.next()).isNull();
        }
        assertReset(ann, cursor, "foreign");
        assertThat(ann.get(CHANGES + "?since=0", JSON).json().path("items"))
                .as("before and after")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "-1", "AQ", "null", "0x0"})
    void whatIsNoCursorIsRefused(String cursor) {
        for (Reply reply : List.of(
                ann.get(CHANGES + "?since=" + cursor),
                ann.get(CHANGES + "?since=" + cursor, JSON),
                ann.get(CHANGES + "?since=0", "Last-Event-ID", cursor))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("code").stringValue()).isEqualTo("malformed-cursor");
        }
    }

    @Test
    void anAlteredCursorIsRefused() throws Exception {
        String cursor = here(ann);
        String altered = cursor.substring(0, 30) + (cursor.charAt(30) == 'A' ? 'B' : 'A') + cursor.substring(31);
        assertThat(ann.get(CHANGES + "?since=" + altered, JSON).status()).isEqualTo(400);
    }

    private void assertReset(Caller caller, String cursor, String reason) throws IOException {
        Reply page = caller.get(CHANGES + "?since=" + cursor, JSON);
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.json().path("code").stringValue()).isEqualTo("feed-reset");
        assertThat(page.json().path("reason").stringValue()).isEqualTo(reason);
        assertThat(caller.get(CHANGES + "?since=" + page.json().path("next").stringValue(), JSON)
                        .json()
                        .path("items"))
                .isEmpty();
        try (EventStream stream = EventStream.open(caller.uri(CHANGES), caller.token(), cursor)) {
            Event reset = stream.next();
            assertThat(reset).isNotNull();
            assertThat(reset.name()).isEqualTo("reset");
            assertThat(reset.data()).isEqualTo("{\"reason\":\"" + reason + "\"}");
            stream.next("synced");
            caller.created("{\"name\":\"After\"}");
            assertThat(stream.next("change").json().path("version").longValue()).isEqualTo(1);
        }
    }

    // ---- slow readers

    @Test
    void aReaderThatIsOvertakenIsCutOffAndGoesOnWithoutLoss() throws Exception {
        String id = idOfNew();
        int events = 2_000;
        Set<String> told = new LinkedHashSet<>();
        String cursor;
        try (EventStream slow = EventStream.open(ann.uri(CHANGES), ann.token(), "", Duration.ofSeconds(30), 4096)) {
            cursor = slow.next("synced").id();
            append(id, events);
            for (Event event = slow.next(); event != null; event = slow.next()) {
                if (event.name().equals("change")) {
                    told.add(event.change());
                    cursor = event.id();
                }
            }
        }
        assertThat(told).hasSizeLessThan(events);
        readOn(cursor, told, events);
    }

    @Test
    void aReaderThatTakesNothingIsCutOffAndGoesOnWithoutLoss() throws Exception {
        String cursor = here(ann);
        int events = 40_000;
        append(idOfNew(), events);
        Set<String> told = new LinkedHashSet<>();
        try (EventStream stuck =
                EventStream.open(ann.uri(CHANGES), ann.token(), cursor, Duration.ofSeconds(30), 4096)) {
            awaitStreams(1);
            awaitStreams(0);
            try {
                for (Event event = stuck.next(); event != null; event = stuck.next()) {
                    told.add(event.change());
                    cursor = event.id();
                }
            } catch (IOException e) {
                // reset by the node, with what had not left
            }
        }
        assertThat(told).hasSizeLessThan(events);
        readOn(cursor, told, events + 1);
    }

    private String idOfNew() {
        String path = ann.created("{\"name\":\"Acme\"}");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void append(String like, int events) throws SQLException {
        try (Writer writer = new Writer(factory)) {
            writer.copyCreation(
                    like, "select '" + UUID.randomUUID() + "-' || n from generate_series(1, " + events + ") n");
            writer.commit();
        }
    }

    /** Each that was not told yet, once, until there are so many. */
    private void readOn(String cursor, Set<String> told, int events) throws IOException {
        try (EventStream again = follow(ann, cursor)) {
            while (told.size() < events) {
                assertThat(told.add(again.next("change").change()))
                        .as("told once")
                        .isTrue();
            }
        }
    }

    private void awaitStreams(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("unlost.feed.streams") == count);
    }

    // ---- for how long, and how many

    @Test
    void aStreamEndsWithItsToken() throws Exception {
        String token = new Forge(FeedNode.node().signingKey(), factory)
                .with("exp", Instant.now().plusSeconds(3).getEpochSecond());
        try (EventStream stream = EventStream.open(ann.uri(CHANGES), token, "")) {
            stream.next("synced");
            Event farewell = stream.next();
            assertThat(farewell).isNotNull();
            assertThat(farewell.data()).isEqualTo("the token has expired");
            assertThat(stream.next()).isNull();
        }
    }

    /** It would be told at once that it is over, and be opened again, for as long as other requests are still let in. */
    @Test
    void noStreamBeginsOnceTheTokenHasEnded() throws Exception {
        String token = new Forge(FeedNode.node().signingKey(), factory)
                .with("exp", Instant.now().minusSeconds(20).getEpochSecond());
        assertThat(Caller.withToken(FeedNode.node(), token)
                        .get("/api/customers")
                        .status())
                .isEqualTo(200);
        try (EventStream stream = EventStream.open(ann.uri(CHANGES), token, "")) {
            assertThat(stream.status()).isEqualTo(401);
        }
    }

    @Test
    void nobodyWithoutTheScopeGetsAStream() throws Exception {
        String token = new Forge(FeedNode.node().signingKey(), factory).with("scope", "records:write");
        try (EventStream stream = EventStream.open(ann.uri(CHANGES), token, "")) {
            assertThat(stream.status()).isEqualTo(403);
        }
        try (EventStream stream = EventStream.open(ann.uri(CHANGES), "none", "")) {
            assertThat(stream.status()).isEqualTo(401);
        }
    }

    @Test
    void aFactoryHasOnlySoManyStreams() throws Exception {
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < FeedNode.STREAMS_PER_FACTORY; i++) {
                open.add(follow(ann, ""));
            }
            Reply refused = ann.get(CHANGES);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.header("Content-Type")).contains("application/problem+json");
            assertThat(refused.json().path("type").stringValue()).isEqualTo("/problems/too-many-streams");
            assertThat(ann.get(CHANGES, JSON).status())
                    .as("a page is no stream")
                    .isEqualTo(200);
            follow(bob, "").close();
            open.removeLast().close();
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (EventStream again = EventStream.open(ann.uri(CHANGES), ann.token(), "")) {
                    return again.status() == 200;
                }
            });
        } finally {
            for (EventStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void aNodeThatIsShutDownLetsItsStreamsGoAtOnce() throws Exception {
        TestNode node = TestNode.inProcess(FeedNode.database());
        List<EventStream> open = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            open.add(follow(ann.at(node), ""));
        }
        long begun = System.nanoTime();
        node.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        for (EventStream stream : open) {
            Event farewell = stream.next();
            assertThat(farewell).isNotNull();
            assertThat(farewell.data()).startsWith("this node is going down");
            assertThat(stream.next()).isNull();
            stream.close();
        }
    }

    @Test
    void whatTheFeedDoesIsMeasured() throws Exception {
        double delivered = metric("unlost.feed.delivered");
        try (EventStream stream = follow(ann, "")) {
            ann.created("{\"name\":\"Acme\"}");
            stream.next("change");
            assertThat(metric("unlost.feed.streams")).isPositive();
            assertThat(metric("unlost.feed.delivered")).isGreaterThan(delivered);
            assertThat(metric("unlost.feed.lag")).isNotNegative();
            assertThat(metric("unlost.feed.lag.events")).isNotNegative();
        }
    }

    private static double metric(String name) {
        HttpRequest request = HttpRequest.newBuilder(FeedNode.node().managementUri("/actuator/metrics/" + name))
                .header("Authorization", "Bearer " + FeedNode.node().token("operator", "none", "projections:manage"))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new JsonMapper()
                    .readTree(answer.body())
                    .path("measurements")
                    .path(0)
                    .path("value")
                    .doubleValue();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return the place where the feed is now */
    private static String here(Caller caller) {
        return caller.get(CHANGES, JSON).json().path("next").stringValue();
    }

    /** @return a stream that has told what there was */
    private static EventStream follow(Caller caller, String cursor) throws IOException {
        EventStream stream = EventStream.open(caller.uri(CHANGES), caller.token(), cursor);
        if (cursor.isEmpty()) {
            stream.next("synced");
        }
        return stream;
    }

    private static void asAdmin(String sql) throws SQLException {
        try (Connection admin = FeedNode.database().connectAsAdmin();
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}

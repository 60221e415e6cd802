package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import dev.unlost.app.support.Together;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that is sent again under its key counts once: across nodes, restarts and whatever came after it. */
class IdempotencyIT {

    private static final String KEY = "Idempotency-Key";

    private String factory = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller elsewhere = ann;

    @BeforeEach
    void aFactoryOfItsOwn() {
        factory = "idempotency-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        elsewhere = ann.at(SharedNodes.second());
    }

    /** A write of each kind to a customer at version 2, whose version 1 had another phone. */
    @SuppressWarnings("ArrayRecordComponent") // writes are sent, not compared
    record Write(String method, String below, @Nullable String body, int status, String... headers) {
        Reply send(Caller caller, String path, String key) {
            String[] all =
                    Stream.concat(Stream.of(headers), Stream.of(KEY, key)).toArray(String[]::new);
            return caller.send(
                    method, method.equals("POST") && below.isEmpty() ? "/api/customers" : path + below, body, all);
        }

        @Override
        public String toString() {
            return method + below + " " + List.of(headers) + " " + body;
        }
    }

    static Stream<Write> writes() {
        return Stream.of(
                new Write("POST", "", "{\"name\":\"New\"}", 201),
                new Write("PUT", "", "{\"name\":\"Whole\"}", 200, "If-Match", "\"2\""),
                new Write("PATCH", "", "{\"phone\":\"+3\",\"version\":2}", 200),
                new Write("PATCH", "", "{\"phone\":\"+3\"}", 200, "If-Match", "*"),
                new Write(
                        "PATCH",
                        "",
                        "{\"email\":\"a@example.com\"}",
                        200,
                        "If-Match",
                        "\"1\"",
                        "Prefer",
                        "merge=disjoint"),
                new Write("DELETE", "", null, 204, "If-Match", "\"2\""),
                new Write("POST", "/restore", "{\"toVersion\":1}", 200, "If-Match", "\"2\""));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aRepetitionIsAnsweredAsTheFirstTimeAndAppendsNothing(Write write) throws SQLException {
        String path = customerAtVersionTwo();
        Reply first = write.send(ann, path, "k");
        assertThat(first.status()).as(first.text()).isEqualTo(write.status());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        long events = events();

        for (Caller caller : List.of(ann, elsewhere)) {
            assertIsReplayOf(first, write.send(caller, path, "k"));
        }
        assertThat(events()).isEqualTo(events).isEqualTo(3);
    }

    @Test
    void aCreationAtAnIdOfTheClientsIsReplayedToo() throws SQLException {
        String path = "/api/customers/" + UUID.randomUUID();
        Reply first = ann.put(path, "{\"name\":\"New\"}", "If-None-Match", "*", KEY, "k");
        assertThat(first.status()).isEqualTo(201);
        assertIsReplayOf(first, elsewhere.put(path, "{\"name\":\"New\"}", "If-None-Match", "*", KEY, "k"));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void theOrderOfMembersMakesNoOtherRequest() {
        String path = customerAtVersionTwo();
        Reply first = ann.patch(path, "{\"phone\":\"+3\",\"notes\":\"n\"}", "If-Match", "\"2\"", KEY, "k");
        assertIsReplayOf(
                first, ann.patch(path, "{ \"notes\":\"n\", \"phone\":\"+3\" }", "If-Match", "W/\"2\"", KEY, "k"));
    }

    @Test
    void aRepetitionAfterManyFurtherChangesIsAnsweredAsOfThen() throws SQLException {
        String path = customerAtVersionTwo();
        Reply first = ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k");
        for (int version = 3; version < 53; version++) {
            ann.patch(path, "{\"notes\":\"" + version + "\"}", "If-Match", "\"" + version + "\"");
        }
        ann.delete(path, "If-Match", "\"53\"");
        assertIsReplayOf(first, ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k"));
        assertIsReplayOf(first, elsewhere.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k"));
        assertThat(events()).isEqualTo(54);
    }

    @Test
    void aRepetitionAfterARestartIsAnsweredAsTheFirstTime() throws SQLException {
        String path = customerAtVersionTwo();
        Reply first;
        try (TestNode before = TestNode.inProcess(SharedNodes.database())) {
            first = ann.at(before).patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k");
        }
        try (TestNode after = TestNode.inProcess(SharedNodes.database())) {
            assertIsReplayOf(first, ann.at(after).patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k"));
        }
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void ofManyAtOnceOneCounts() throws SQLException {
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            List<Reply> replies = Together.run(
                    20,
                    thread ->
                            (thread % 2 == 0 ? ann : elsewhere).post("/api/customers", "{\"name\":\"New\"}", KEY, key));
            assertThat(replies).extracting(Reply::status).isSubsetOf(201, 409).contains(201);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 409)
                    .allMatch(reply -> reply.json().path("code").stringValue().equals("idempotency-in-progress")
                            && reply.header("Retry-After").isPresent());
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 201)
                    .extracting(Reply::text)
                    .containsOnly(replies.stream()
                            .filter(reply -> reply.status() == 201)
                            .findFirst()
                            .orElseThrow()
                            .text());
            assertThat(events()).isEqualTo(round + 1);
        }
    }

    /** The answer is lost before anything is committed: the connection to the database breaks in the middle. */
    @Test
    void aRequestThatBrokeOffBeforeItsEndCountsWhenItIsSentAgain() throws Exception {
        String path = customerAtVersionTwo();
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            admin.setAutoCommit(false);
            appendWithoutCommitting(admin, path);
            Future<Reply> first =
                    executor.submit(() -> ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k"));
            int waiting = await().atMost(Duration.ofSeconds(30)).until(this::whoWaitsForALock, pid -> pid != 0);

            Reply meanwhile = elsewhere.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k");
            assertThat(meanwhile.status()).as(meanwhile.text()).isEqualTo(409);
            assertThat(meanwhile.json().path("code").stringValue()).isEqualTo("idempotency-in-progress");
            assertThat(meanwhile.header("Retry-After")).isPresent();

            try (Connection other = SharedNodes.database().connectAsAdmin();
                    Statement statement = other.createStatement()) {
                statement.execute("select pg_terminate_backend(" + waiting + ")");
            }
            assertThat(first.get().status()).isGreaterThanOrEqualTo(500);
            admin.rollback();
        }
        Reply again = elsewhere.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEmpty();
        assertThat(events()).isEqualTo(3);
        assertIsReplayOf(again, ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k"));
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() throws SQLException {
        String path = customerAtVersionTwo();
        String other = ann.created("{\"name\":\"Other\"}");
        assertThat(ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k")
                        .status())
                .isEqualTo(200);
        long events = events();
        for (Reply reply : List.of(
                ann.patch(path, "{\"phone\":\"+4\"}", "If-Match", "\"2\"", KEY, "k"),
                ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"3\"", KEY, "k"),
                ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "*", KEY, "k"),
                ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", "Prefer", "merge=disjoint", KEY, "k"),
                ann.patch(other, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k"),
                ann.put(path, "{\"phone\":\"+3\",\"name\":\"n\"}", "If-Match", "\"2\"", KEY, "k"),
                ann.delete(path, "If-Match", "\"2\"", KEY, "k"),
                elsewhere.post("/api/customers", "{\"name\":\"New\"}", KEY, "k"))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(422);
            assertThat(reply.json().path("code").stringValue()).isEqualTo("idempotency-key-reused");
        }
        Reply unknown =
                ann.patch("/api/customers/" + UUID.randomUUID(), "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k");
        assertThat(unknown.status()).as("what is unknown is told first").isEqualTo(404);
        assertThat(events()).isEqualTo(events);
    }

    @Test
    void keysOfOtherPeopleAndFactoriesAreOthers() throws SQLException {
        String path = customerAtVersionTwo();
        Caller bob = Caller.of(SharedNodes.first(), "bob", factory);
        Caller stranger = Caller.of(SharedNodes.first(), "ann", "other-" + factory);
        assertThat(ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "*", KEY, "k")
                        .version())
                .isEqualTo(3);
        Reply bobs = bob.patch(path, "{\"phone\":\"+4\"}", "If-Match", "*", KEY, "k");
        assertThat(bobs.version()).isEqualTo(4);
        assertThat(bobs.header("Idempotency-Replayed")).isEmpty();
        assertThat(stranger.patch(path, "{\"phone\":\"+3\"}", "If-Match", "*", KEY, "k")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post("/api/customers", "{\"name\":\"New\"}", KEY, "k")
                        .status())
                .isEqualTo(201);
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void aChangeOfNothingCountsAsAnOutcome() throws SQLException {
        String path = customerAtVersionTwo();
        Reply nothing = ann.patch(path, "{\"phone\":\"+2\"}", "If-Match", "\"2\"", KEY, "k");
        assertThat(nothing.version()).isEqualTo(2);
        ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"");
        assertIsReplayOf(nothing, elsewhere.patch(path, "{\"phone\":\"+2\"}", "If-Match", "\"2\"", KEY, "k"));
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void aRefusalIsDecidedAnew() throws SQLException {
        String path = customerAtVersionTwo();
        assertThat(ann.patch(path, "{\"phone\":\"+4\"}", "If-Match", "\"3\"", KEY, "k")
                        .status())
                .isEqualTo(409);
        ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"");
        Reply accepted = ann.patch(path, "{\"phone\":\"+4\"}", "If-Match", "\"3\"", KEY, "k");
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.header("Idempotency-Replayed")).isEmpty();
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void whatARepetitionMustStillSayIsChecked() {
        String path = customerAtVersionTwo();
        ann.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", KEY, "k");
        assertThat(ann.patch(path, "{\"phone\":\"+3\"}", KEY, "k").status()).isEqualTo(428);
        assertThat(ann.patch(path, "{\"name\":\"\"}", "If-Match", "\"2\"", KEY, "k")
                        .status())
                .isEqualTo(422);
    }

    private String customerAtVersionTwo() {
        String path = ann.created("{\"name\":\"Acme\",\"phone\":\"+1\"}");
        assertThat(ann.patch(path, "{\"phone\":\"+2\"}", "If-Match", "\"1\"").version())
                .isEqualTo(2);
        return path;
    }

    private static void assertIsReplayOf(Reply first, Reply again) {
        assertThat(again.status()).as(again.text()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        for (String header : List.of("ETag", "Location", "Preference-Applied")) {
            assertThat(again.header(header)).isEqualTo(first.header(header));
        }
        assertThat(again.header("Idempotency-Replayed")).contains("true");
    }

    private long events() throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                PreparedStatement query =
                        admin.prepareStatement("select count(*) from unlost.event where factory_id = ?")) {
            query.setString(1, factory);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Another writer is about to append the next version, so that whoever appends it too has to wait. */
    private void appendWithoutCommitting(Connection admin, String path) throws SQLException {
        try (PreparedStatement insert = admin.prepareStatement("""
                insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp,
                  payload_type, payload_revision, payload, metadata)
                select factory_id, aggregate_type, aggregate_id, sequence_number + 1, gen_random_uuid(), now(),
                  payload_type, payload_revision, payload, metadata
                from unlost.event where factory_id = ? and aggregate_id = ? and sequence_number = 1""")) {
            insert.setString(1, factory);
            insert.setString(2, path.substring(path.lastIndexOf('/') + 1));
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private int whoWaitsForALock() throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("select pid from pg_stat_activity where usename = 'unlost_app'"
                        + " and wait_event_type = 'Lock' and datname = current_database()")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}

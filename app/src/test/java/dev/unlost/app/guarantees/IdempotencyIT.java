package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that is sent again under its key counts once: across nodes, restarts and whatever came after it. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class IdempotencyIT {

    private static final String KEY = "Idempotency-Key";

    private final RecordKind kind;
    private Records records;
    private String factory = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller elsewhere = ann;
    private long eventsBefore;

    IdempotencyIT(RecordKind kind) {
        this.kind = kind;
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void aFactoryOfItsOwn() {
        factory = "idempotency-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        elsewhere = ann.at(SharedNodes.second());
        records = kind.in(ann);
        eventsBefore = eventsOfTheFactory();
    }

    /** What is written to a record at version 2, whose version 1 had another value of the first field. */
    @SuppressWarnings("ArrayRecordComponent") // writes are sent, not compared
    record Write(String method, String below, Function<Records, @Nullable String> body, int status, String... headers) {

        @Override
        public String toString() {
            return method + below + " " + List.of(headers);
        }
    }

    static Stream<Write> writes() {
        return Stream.of(
                new Write("POST", "", records -> records.whole("+1"), 201),
                new Write("PUT", "", records -> records.whole("+3"), 200, "If-Match", "\"2\""),
                new Write("PATCH", "", records -> Records.with("\"version\":2", records.first("+3")), 200),
                new Write("PATCH", "", records -> records.first("+3"), 200, "If-Match", "*"),
                new Write(
                        "PATCH",
                        "",
                        records -> records.second("n"),
                        200,
                        "If-Match",
                        "\"1\"",
                        "Prefer",
                        "merge=disjoint"),
                new Write("DELETE", "", records -> null, 204, "If-Match", "\"2\""),
                new Write("POST", "/restore", records -> "{\"toVersion\":1}", 200, "If-Match", "\"2\""));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aRepetitionIsAnsweredAsTheFirstTimeAndAppendsNothing(Write write) {
        String path = recordAtVersionTwo();
        String body = write.body().apply(records);
        Reply first = send(ann, write, body, path);
        assertThat(first.status()).as(first.text()).isEqualTo(write.status());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        long events = events();

        for (Caller caller : List.of(ann, elsewhere)) {
            assertIsReplayOf(first, send(caller, write, body, path));
        }
        assertThat(events()).isEqualTo(events).isEqualTo(3);
    }

    private Reply send(Caller caller, Write write, @Nullable String body, String path) {
        String target = write.method().equals("POST") && write.below().isEmpty() ? kind.path() : path + write.below();
        String[] headers =
                Stream.concat(Stream.of(write.headers()), Stream.of(KEY, "k")).toArray(String[]::new);
        return caller.send(write.method(), target, body, headers);
    }

    @Test
    void aCreationAtAnIdOfTheClientsIsReplayedToo() {
        String path = kind.path(UUID.randomUUID().toString());
        String body = records.whole("New");
        Reply first = ann.put(path, body, "If-None-Match", "*", KEY, "k");
        assertThat(first.status()).isEqualTo(201);
        assertIsReplayOf(first, elsewhere.put(path, body, "If-None-Match", "*", KEY, "k"));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void theOrderOfMembersMakesNoOtherRequest() {
        String path = recordAtVersionTwo();
        String member = "\"version\":2";
        String body = records.first("+3");
        Reply first = ann.patch(path, Records.with(member, body), "If-Match", "\"2\"", KEY, "k");
        String otherwise = body.substring(0, body.length() - 1) + " , " + member + " }";
        assertIsReplayOf(first, ann.patch(path, otherwise, "If-Match", "W/\"2\"", KEY, "k"));
    }

    @Test
    void aRepetitionAfterManyFurtherChangesIsAnsweredAsOfThen() {
        String path = recordAtVersionTwo();
        Reply first = ann.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k");
        int last = kind == RecordKind.CUSTOMER ? 53 : 13;
        for (int version = 3; version < last; version++) {
            ann.patch(path, records.second("" + version), "If-Match", "\"" + version + "\"");
        }
        ann.delete(path, "If-Match", "\"" + last + "\"");
        assertIsReplayOf(first, ann.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k"));
        assertIsReplayOf(first, elsewhere.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k"));
        assertThat(events()).isEqualTo(last + 1);
    }

    @Test
    void ofManyAtOnceOneCounts() {
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            String body = records.whole("New");
            List<Reply> replies =
                    Together.run(20, thread -> (thread % 2 == 0 ? ann : elsewhere).post(kind.path(), body, KEY, key));
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
        String path = recordAtVersionTwo();
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            admin.setAutoCommit(false);
            kind.appendWithoutCommitting(admin, factory, path);
            Future<Reply> first =
                    executor.submit(() -> ann.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k"));
            int waiting = await().atMost(Duration.ofSeconds(30)).until(this::whoWaitsForALock, pid -> pid != 0);

            Reply meanwhile = elsewhere.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k");
            assertThat(meanwhile.status()).as(meanwhile.text()).isEqualTo(409);
            assertThat(meanwhile.json().path("code").stringValue()).isEqualTo("idempotency-in-progress");
            assertThat(meanwhile.header("Retry-After")).isPresent();

            SharedNodes.database()
                    .asAdmin()
                    .sql("select pg_terminate_backend(?)")
                    .param(waiting)
                    .query(Boolean.class)
                    .single();
            assertThat(first.get().status()).isEqualTo(503);
            admin.rollback();
        }
        Reply again = elsewhere.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.header("Idempotency-Replayed")).isEmpty();
        assertThat(events()).isEqualTo(3);
        assertIsReplayOf(again, ann.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k"));
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        String path = recordAtVersionTwo();
        String other = records.created(ann, "Other");
        assertThat(ann.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k")
                        .status())
                .isEqualTo(200);
        long events = events();
        for (Reply reply : List.of(
                ann.patch(path, records.first("+4"), "If-Match", "\"2\"", KEY, "k"),
                ann.patch(path, records.first("+3"), "If-Match", "\"3\"", KEY, "k"),
                ann.patch(path, records.first("+3"), "If-Match", "*", KEY, "k"),
                ann.patch(path, records.first("+3"), "If-Match", "\"2\"", "Prefer", "merge=disjoint", KEY, "k"),
                ann.patch(other, records.first("+3"), "If-Match", "\"2\"", KEY, "k"),
                ann.put(path, records.whole("+3"), "If-Match", "\"2\"", KEY, "k"),
                ann.delete(path, "If-Match", "\"2\"", KEY, "k"),
                elsewhere.post(kind.path(), records.whole("New"), KEY, "k"))) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(422);
            assertThat(reply.json().path("code").stringValue()).isEqualTo("idempotency-key-reused");
        }
        Reply unknown =
                ann.patch(kind.path(UUID.randomUUID().toString()), records.first("+3"), "If-Match", "\"2\"", KEY, "k");
        assertThat(unknown.status()).as("what is unknown is told first").isEqualTo(404);
        assertThat(events()).isEqualTo(events);
    }

    @Test
    void keysOfOtherPeopleAndFactoriesAreOthers() {
        String path = recordAtVersionTwo();
        Caller bob = Caller.of(SharedNodes.first(), "bob", factory);
        Caller stranger = Caller.of(SharedNodes.first(), "ann", "other-" + factory);
        assertThat(ann.patch(path, records.first("+3"), "If-Match", "*", KEY, "k")
                        .version())
                .isEqualTo(3);
        Reply bobs = bob.patch(path, records.first("+4"), "If-Match", "*", KEY, "k");
        assertThat(bobs.version()).isEqualTo(4);
        assertThat(bobs.header("Idempotency-Replayed")).isEmpty();
        assertThat(stranger.patch(path, records.first("+3"), "If-Match", "*", KEY, "k")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post(kind.path(), kind.in(stranger).whole("New"), KEY, "k")
                        .status())
                .isEqualTo(201);
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void aChangeOfNothingCountsAsAnOutcome() {
        String path = recordAtVersionTwo();
        Reply nothing = ann.patch(path, records.first("+2"), "If-Match", "\"2\"", KEY, "k");
        assertThat(nothing.version()).isEqualTo(2);
        ann.patch(path, records.first("+3"), "If-Match", "\"2\"");
        assertIsReplayOf(nothing, elsewhere.patch(path, records.first("+2"), "If-Match", "\"2\"", KEY, "k"));
        assertThat(events()).isEqualTo(3);
    }

    @Test
    void aRefusalIsDecidedAnew() {
        String path = recordAtVersionTwo();
        assertThat(ann.patch(path, records.first("+4"), "If-Match", "\"3\"", KEY, "k")
                        .status())
                .isEqualTo(409);
        ann.patch(path, records.first("+3"), "If-Match", "\"2\"");
        Reply accepted = ann.patch(path, records.first("+4"), "If-Match", "\"3\"", KEY, "k");
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.header("Idempotency-Replayed")).isEmpty();
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void whatARepetitionMustStillSayIsChecked() {
        String path = recordAtVersionTwo();
        ann.patch(path, records.first("+3"), "If-Match", "\"2\"", KEY, "k");
        Reply withoutAVersion = ann.patch(path, records.first("+3"), KEY, "k");
        assertThat(withoutAVersion.status()).isEqualTo(kind.requiresVersion() ? 428 : 422);
        assertThat(withoutAVersion.json().path("code").stringValue())
                .isEqualTo(kind.requiresVersion() ? "precondition-required" : "idempotency-key-reused");
        assertThat(ann.patch(path, "{\"name\":\"\"}", "If-Match", "\"2\"", KEY, "k")
                        .status())
                .isEqualTo(422);
    }

    private String recordAtVersionTwo() {
        String path = records.created(ann, "+1");
        assertThat(ann.patch(path, records.first("+2"), "If-Match", "\"1\"").version())
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

    /** @return how many events the test has made so far */
    private long events() {
        return eventsOfTheFactory() - eventsBefore;
    }

    private long eventsOfTheFactory() {
        return SharedNodes.database()
                .asAdmin()
                .sql("select count(*) from unlost.event where factory_id = ?")
                .param(factory)
                .query(Long.class)
                .single();
    }

    private int whoWaitsForALock() {
        return SharedNodes.database()
                .asAdmin()
                .sql("""
                        select pid from pg_stat_activity
                        where usename = 'unlost_app' and wait_event_type = 'Lock' and datname = current_database()""")
                .query(Integer.class)
                .optional()
                .orElse(0);
    }
}

package dev.unlost.app.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import dev.unlost.app.support.Together;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a record was, who made it so, and when, can be seen afterwards; with and without snapshots. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class PastIT {

    /** Members of a record that a comparison does not compare; those of metahubs begin with {@code _upl}, too. */
    private static final Set<String> NO_FIELDS = Set.of(
            "id", "metahubId", "factoryId", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "deleted");

    private static final List<String> NAMES = List.of("ann", "bob", "cleo");
    private static final TestDatabase DATABASE = TestDatabase.create("past");
    private static final TestNode NODE = TestNode.inProcess(DATABASE, "unlost.write.snapshot-every=5");

    private final RecordKind kind;
    private final String factory = "past-" + UUID.randomUUID();
    private final List<Caller> callers =
            NAMES.stream().map(name -> Caller.of(NODE, name, factory)).toList();
    private final Caller ann = callers.getFirst();
    private final Records records;

    PastIT(RecordKind kind) {
        this.kind = kind;
        this.records = kind.in(ann);
    }

    @AfterAll
    static void close() {
        NODE.close();
    }

    /** Lives of customers by each seed; of the kinds that share all their code by one of them. */
    private List<Life> lives(long... seeds) {
        return LongStream.of(seeds)
                .limit(kind == RecordKind.CUSTOMER ? seeds.length : 1)
                .mapToObj(this::life)
                .toList();
    }

    private Life life(long seed) {
        int versions = kind == RecordKind.CUSTOMER ? 33 : 23;
        return Life.lived(records, new Random(seed), callers, NAMES, versions);
    }

    @Test
    void everyVersionIsReadAsItWasWhenItWasCurrent() {
        for (Life life : lives(1, 2, 3, 4)) {
            assertVersionsAreAsTheyWere(life);

            assertThat(removed("snapshot", life, "true")).isEqualTo(life.versions() / 5);
            assertVersionsAreAsTheyWere(life);
        }
    }

    private void assertVersionsAreAsTheyWere(Life life) {
        for (int version = 1; version <= life.versions(); version++) {
            Reply reply = ann.get(life.path() + "?version=" + version);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo(life.at(version).toString());
            assertThat(reply.header("ETag")).contains("\"" + version + "\"");
        }
        for (String never : List.of(Long.toString(life.versions() + 1L), "999999999999999999")) {
            assertThat(ann.get(life.path() + "?version=" + never).status()).isEqualTo(404);
        }
    }

    @Test
    void aVersionIsReadFromTheSnapshotBeforeIt() {
        Life life = life(5);
        assertThat(removed("event", life, "sequence_number < 19")).isEqualTo(19);
        for (int version = 20; version <= life.versions(); version++) {
            assertThat(ann.get(life.path() + "?version=" + version).json()).isEqualTo(life.at(version));
        }
        assertThat(ann.get(life.path() + "?version=15").json()).isEqualTo(life.at(15));
    }

    @Test
    void aTimeIsTheVersionThatWasCurrentThen() {
        for (Life life : lives(6, 7)) {
            assertThat(at(life, justBefore(life, 1)).status()).isEqualTo(404);
            for (int version = 1; version <= life.versions(); version++) {
                assertThat(at(life, life.updatedAt(version)).json()).isEqualTo(life.at(version));
                if (version > 1) {
                    assertThat(at(life, justBefore(life, version)).json()).isEqualTo(life.at(version - 1));
                }
            }
            assertThat(at(life, "9999-12-31T23:59:59.999999Z").json()).isEqualTo(life.at(life.versions()));
            assertThat(at(life, "0001-01-01T00:00:00Z").status()).isEqualTo(404);
            Instant last = Instant.parse(life.updatedAt(life.versions()));
            String elsewhere = last.atOffset(ZoneOffset.ofHours(2)).toString().replace("+", "%2B");
            assertThat(at(life, elsewhere).json()).isEqualTo(life.at(life.versions()));
        }
    }

    private Reply at(Life life, String time) {
        return ann.get(life.path() + "?at=" + time);
    }

    private static String justBefore(Life life, int version) {
        return Instant.parse(life.updatedAt(version))
                .minus(1, ChronoUnit.MICROS)
                .toString();
    }

    @Test
    void differencesAreThoseOfTheVersionsAndCompose() {
        for (Life life : lives(8, 9, 10, 11)) {
            Random random = new Random(life.versions());
            for (int i = 0; i < 20; i++) {
                int a = 1 + random.nextInt(life.versions());
                int b = 1 + random.nextInt(life.versions());
                int c = 1 + random.nextInt(life.versions());
                Map<String, JsonNode> fields = fields(life.at(a));
                apply(diff(life, a, b), fields);
                assertThat(fields).isEqualTo(fields(life.at(b)));
                apply(diff(life, b, c), fields);
                assertThat(fields).isEqualTo(fields(life.at(c)));

                Map<String, JsonNode> directly = fields(life.at(a));
                JsonNode whole = diff(life, a, c);
                apply(whole, directly);
                assertThat(directly).isEqualTo(fields);
                whole.path("changes")
                        .forEach(change -> assertThat(change.path("from")).isNotEqualTo(change.path("to")));
            }
            assertThat(diff(life, 7, 7).toString()).isEqualTo("{\"from\":7,\"to\":7,\"changes\":[]}");
        }
    }

    private JsonNode diff(Life life, int from, int to) {
        Reply reply = ann.get(life.path() + "/diff?from=" + from + "&to=" + to);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("from").intValue()).isEqualTo(from);
        assertThat(reply.json().path("to").intValue()).isEqualTo(to);
        return reply.json();
    }

    /** @return those that have a value, as comparisons name them */
    private static Map<String, JsonNode> fields(ObjectNode record) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        record.forEachEntry((name, value) -> {
            if (name.equals("data")) {
                value.forEachEntry((codename, each) -> fields.put("data." + codename, each));
            } else if (!NO_FIELDS.contains(name) && !name.startsWith("_upl") && !value.isNull()) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    private static void apply(JsonNode difference, Map<String, JsonNode> fields) {
        difference.path("changes").forEach(change -> {
            String field = change.path("field").stringValue();
            assertThat(change.path("from")).as(field).isEqualTo(valueOf(field, fields));
            if (change.path("to").isNull()) {
                fields.remove(field);
            } else {
                fields.put(field, change.path("to"));
            }
        });
    }

    private static JsonNode valueOf(String field, Map<String, JsonNode> fields) {
        return fields.getOrDefault(field, NullNode.getInstance());
    }

    @Test
    void historyTellsEveryChangeNewestFirst() {
        for (Life life : lives(12, 13)) {
            List<JsonNode> history = history(life.path(), 7);
            assertThat(history)
                    .extracting(entry -> entry.path("version").intValue())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, life.versions())
                            .mapToObj(version -> (int) (life.versions() + 1 - version))
                            .toList());
            for (JsonNode entry : history) {
                int version = entry.path("version").intValue();
                ObjectNode then = life.at(version);
                boolean last = version == life.versions();
                assertThat(entry.path("action").stringValue())
                        .isEqualTo(version == 1 ? "create" : last ? "delete" : "update");
                assertThat(entry.path("updatedAt")).isEqualTo(then.path(kind.updatedAtMember()));
                assertThat(entry.path("updatedBy")).isEqualTo(then.path(kind.member("updatedBy")));
                String author = life.authors().get(version - 1);
                assertThat(entry.path("updatedByInfo").toString())
                        .isEqualTo("{\"id\":\"" + author + "\",\"email\":\"" + author + "@example.com\",\"nickname\":\""
                                + author + "\"}");
                assertThat(entry.path("unconditional").booleanValue(false))
                        .isEqualTo(life.conditions().get(version - 1).equals("*"));
                assertThat(entry.has("requestId")).isTrue();
                if (version > 1) {
                    assertThat(entry.path("changes"))
                            .containsExactlyInAnyOrderElementsOf(
                                    diff(life, version - 1, version).path("changes"));
                }
            }
        }
    }

    @Test
    void aRequestIsFoundInTheHistory() {
        String path = records.created(ann, "+1");
        ann.patch(path, records.second("n"), "If-Match", "\"1\"", "X-Request-Id", "find-me");
        JsonNode entry = ann.get(path + "/history?limit=1").json().path("items").path(0);
        assertThat(entry.path("requestId").stringValue()).isEqualTo("find-me");
        assertThat(entry.path("changes")).hasSize(1);
        JsonNode change = entry.path("changes").path(0);
        assertThat(change.path("field").stringValue()).isEqualTo(kind.secondField());
        assertThat(change.path("from").isNull()).isTrue();
        assertThat(kind.text(change.path("to"))).isEqualTo("n");
    }

    @Test
    void pagesOfHistoryLeaveNothingOutWhileOthersWrite() {
        String path = records.created(ann, "+1");
        for (int version = 1; version < 40; version++) {
            ann.patch(path, records.first("" + version), "If-Match", "*");
        }
        AtomicInteger readers = new AtomicInteger(2);
        List<Integer> seen = Together.run(4, number -> {
            if (number < 2) {
                int written = 0;
                while (readers.get() > 0) {
                    String value = number + "-" + written++;
                    assertThat(callers.get(number)
                                    .patch(path, records.first(value), "If-Match", "*")
                                    .status())
                            .isEqualTo(200);
                }
                return written;
            }
            try {
                int most = 0;
                for (int i = 0; i < (kind == RecordKind.CUSTOMER ? 5 : 2); i++) {
                    List<JsonNode> history = history(path, 3 + number);
                    assertThat(history.size()).isGreaterThanOrEqualTo(40);
                    for (int j = 0; j < history.size(); j++) {
                        assertThat(history.get(j).path("version").intValue()).isEqualTo(history.size() - j);
                    }
                    most = history.size();
                }
                return most;
            } finally {
                readers.decrementAndGet();
            }
        });
        assertThat(seen).allMatch(count -> count > 0);
    }

    private List<JsonNode> history(String path, int limit) {
        List<JsonNode> history = new ArrayList<>();
        String query = "?limit=" + limit;
        while (true) {
            Reply page = ann.get(path + "/history" + query);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            assertThat(page.json().path("items").size()).isBetween(1, limit);
            page.json().path("items").forEach(history::add);
            JsonNode next = page.json().path("next");
            assertThat(page.header("Link").isPresent()).isEqualTo(!next.isNull());
            if (next.isNull()) {
                return history;
            }
            assertThat(page.json().path("items").size()).isEqualTo(limit);
            query = "?limit=" + limit + "&after=" + next.stringValue();
        }
    }

    @Test
    void blameNamesTheLastChangeOfEveryField() {
        for (Life life : lives(14, 15, 16)) {
            Map<String, JsonNode> last = new TreeMap<>();
            history(life.path(), 50).stream()
                    .sorted(Comparator.comparingInt(
                            entry -> entry.path("version").intValue()))
                    .forEach(entry -> entry.path("changes")
                            .forEach(change -> last.put(change.path("field").stringValue(), entry)));

            Map<String, JsonNode> values = fields(life.at(life.versions()));
            // a field that users have named is there only as long as it has a value
            last.keySet().removeIf(field -> field.startsWith("data.") && !values.containsKey(field));
            JsonNode blame = ann.get(life.path() + "/blame").json();
            assertThat(blame.path("version").intValue()).isEqualTo(life.versions());
            assertThat(blame.path("fields")).hasSameSizeAs(last.keySet());
            for (JsonNode field : blame.path("fields")) {
                String name = field.path("field").stringValue();
                JsonNode entry = Objects.requireNonNull(last.get(name), name);
                assertThat(field.path("value")).isEqualTo(valueOf(name, values));
                for (String member : List.of("version", "updatedAt", "updatedBy", "updatedByInfo")) {
                    assertThat(field.path(member)).as(name).isEqualTo(entry.path(member));
                }
            }
        }
    }

    @Test
    void blameGoesBackAsFarAsItMust() {
        String path = records.created(ann, "+1");
        callers.get(1).patch(path, records.second("n"), "If-Match", "*");
        int last = kind == RecordKind.CUSTOMER ? 450 : 30;
        for (int version = 2; version < last; version++) {
            ann.patch(path, records.first("" + version), "If-Match", "*");
        }
        Map<String, String> lastChanges = new TreeMap<>();
        ann.get(path + "/blame")
                .json()
                .path("fields")
                .forEach(field -> lastChanges.put(
                        field.path("field").stringValue(),
                        field.path("version") + " " + field.path("updatedBy").stringValue()));
        assertThat(lastChanges).containsEntry(kind.firstField(), last + " ann");
        assertThat(lastChanges).containsEntry(kind.secondField(), "2 bob");
        lastChanges.keySet().removeAll(Set.of(kind.firstField(), kind.secondField()));
        assertThat(lastChanges.values()).isNotEmpty().containsOnly("1 ann");
    }

    @Test
    void aDeletedRecordHasItsPast() {
        Life life = life(17);
        int last = life.versions();
        assertThat(ann.get(life.path()).status()).isEqualTo(410);
        assertThat(ann.get(life.path() + "?version=" + (last - 1)).json()).isEqualTo(life.at(last - 1));
        JsonNode deletion = ann.get(life.path() + "?version=" + last).json();
        assertThat(deletion.path("deleted").booleanValue()).isTrue();
        assertThat(fields((ObjectNode) deletion)).isEqualTo(fields(life.at(last - 1)));
        assertThat(history(life.path(), 200)).hasSize(last);
        assertThat(diff(life, last - 1, last).path("changes")).isEmpty();
        assertThat(ann.get(life.path() + "/blame").json().path("version").intValue())
                .isEqualTo(last);
    }

    @Test
    void aTagOfThePastIsGoodForReadingAndConflictsInWriting() {
        String path = records.created(ann, "+1");
        ann.patch(path, records.first("+2"), "If-Match", "\"1\"");
        Reply first = ann.get(path + "?version=1");
        String tag = first.header("ETag").orElseThrow();
        assertThat(tag).isEqualTo("\"1\"");
        Reply again = ann.get(path + "?version=1", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).contains(tag);
        assertThat(again.raw().body()).isEmpty();
        assertThat(ann.get(path + "?version=2", "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(ann.get(path, "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(ann.send("HEAD", path + "?version=1", null).header("ETag")).contains(tag);
        Reply stale = ann.patch(path, records.first("+3"), "If-Match", tag);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().path("conflict").path("reason").stringValue()).isEqualTo("stale");
        assertThat(ann.get(path + "?version=1", "If-Match", tag).status()).isEqualTo(400);
    }

    @Test
    void aFactorySeesThePastOfItsOwnRecordAtASharedId() {
        Caller stranger = Caller.of(NODE, "ann", "other-" + UUID.randomUUID());
        Life ours = life(18);
        assertThat(stranger.put(ours.path(), kind.in(stranger).whole("Theirs"), "If-None-Match", "*")
                        .status())
                .isEqualTo(201);
        String now = "9999-12-31T23:59:59Z";
        for (String question : List.of("?version=1", "?at=" + now)) {
            assertThat(records.first(stranger.get(ours.path() + question).json()))
                    .isEqualTo("Theirs");
        }
        for (String question : List.of("?version=2", "?version=20", "/diff?from=1&to=2")) {
            assertThat(stranger.get(ours.path() + question).status()).isEqualTo(404);
        }
        assertThat(stranger.get(ours.path() + "/history").json().path("items").size())
                .isEqualTo(1);
        assertThat(stranger.get(ours.path() + "/blame").json().path("version").intValue())
                .isEqualTo(1);
    }

    @Test
    void whatNeverWasIsNotFound() {
        String unknown = kind.path(UUID.randomUUID().toString());
        String path = records.created(ann, "+1");
        Stream.of(
                        unknown + "?version=1",
                        unknown + "?at=2026-11-22T10:15:30Z",
                        unknown + "/history",
                        unknown + "/diff?from=1&to=1",
                        unknown + "/blame",
                        kind.path() + "/no-uuid?version=1",
                        kind.path() + "/no-uuid/history",
                        kind.path() + "/no-uuid/diff?from=1&to=2",
                        kind.path() + "/no-uuid/blame",
                        path + "?version=2",
                        path + "/diff?from=1&to=2",
                        path + "/diff?from=2&to=1")
                .forEach(missing -> {
                    Reply reply = ann.get(missing);
                    assertThat(reply.status()).as(missing).isEqualTo(404);
                    assertThat(reply.json().path("code").stringValue()).isEqualTo("not-found");
                    assertThat(reply.header("ETag")).isEmpty();
                });
    }

    private int removed(String table, Life life, String condition) {
        return DATABASE.asAdmin()
                .sql("delete from unlost." + table + " where factory_id = ? and aggregate_id = ? and " + condition)
                .params(factory, kind.storedId(life.path()))
                .update();
    }
}

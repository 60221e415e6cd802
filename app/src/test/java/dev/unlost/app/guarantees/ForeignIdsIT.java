package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record of another factory is answered for exactly as one that there never was, whatever is asked of it. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class ForeignIdsIT {

    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Set<String> WITH_BODIES = Set.of("PUT", "PATCH", "DELETE", "POST");
    private static final int TIMED = 200;
    private static final String REQUEST_ID = "one-and-the-same";
    private static final String SECRET = "Quillfeather";

    /** Headers of an answer that are of the moment and of the connection. */
    private static final Set<String> OF_THE_MOMENT = Set.of("date", "connection");

    /** How an operation of the API is tried with ids of others; why not, where it takes none. */
    enum Way {
        /** With every id, precondition and body that an operation on one record can be given. */
        BY_ID,
        /** With every version and time that a record has had, and others. */
        PAST,
        /** With the filters and cursors of another factory's records. */
        LIST,
        /** With what another factory has already. */
        CREATE,
        /** As streams and pages, from everywhere and with the cursors of another factory: see FeedAnswersIT. */
        FEED,
        /** With every item that a batch can hold. */
        BATCH,
        /** With the ids of another factory's rows, on every path of a write: see TablesIT. */
        TABLE,
        /** It knows no records. */
        WITHOUT_RECORDS
    }

    /** Operations on every kind of record: the method, and what follows the path of all records. */
    private static final Map<String, Way> OF_EVERY_KIND = Map.ofEntries(
            Map.entry("GET ", Way.LIST),
            Map.entry("POST ", Way.CREATE),
            Map.entry("POST :batch", Way.BATCH),
            Map.entry("GET /{id}", Way.BY_ID),
            Map.entry("PUT /{id}", Way.BY_ID),
            Map.entry("PATCH /{id}", Way.BY_ID),
            Map.entry("DELETE /{id}", Way.BY_ID),
            Map.entry("POST /{id}/restore", Way.BY_ID),
            Map.entry("GET /{id}/blame", Way.PAST),
            Map.entry("GET /{id}/diff", Way.PAST),
            Map.entry("GET /{id}/history", Way.PAST));

    private static final Map<String, Way> OTHERS = Map.ofEntries(
            Map.entry("GET /api/metahubs/{metahubId}/catalogs/{id}/schema", Way.PAST),
            Map.entry("GET /api/changes", Way.FEED),
            Map.entry("GET /rest/v1/{table}", Way.TABLE),
            Map.entry("POST /rest/v1/{table}", Way.TABLE),
            Map.entry("PATCH /rest/v1/{table}", Way.TABLE),
            Map.entry("DELETE /rest/v1/{table}", Way.TABLE),
            Map.entry("GET /problems", Way.WITHOUT_RECORDS),
            Map.entry("GET /problems/{slug}", Way.WITHOUT_RECORDS),
            Map.entry("GET /console/settings.json", Way.WITHOUT_RECORDS),
            Map.entry("GET /dev/people", Way.WITHOUT_RECORDS),
            Map.entry("POST /dev/token", Way.WITHOUT_RECORDS));

    private final RecordKind kind;
    private final String all;
    private final String one;
    private final String restore;
    private final String batch;
    private Records records;
    private Records ofTheirs;

    private String ours = "unset";
    private String theirs = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;

    ForeignIdsIT(RecordKind kind) {
        this.kind = kind;
        this.all = kind.path();
        this.one = all + "/{id}";
        this.restore = one + "/restore";
        this.batch = all + ":batch";
        this.records = new Records(kind, "");
        this.ofTheirs = records;
    }

    @BeforeEach
    void twoFactories() {
        ours = "ours-" + UUID.randomUUID();
        theirs = "theirs-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", ours);
        bob = Caller.of(SharedNodes.first(), "bob", theirs);
        records = kind.in(ann);
        ofTheirs = kind.in(bob);
    }

    @Test
    void everyOperationOfTheApiIsTried() {
        assertThat(operations(ann.get("/v3/api-docs").json()))
                .as("whoever adds an operation says here how it is tried with the ids of others")
                .isEqualTo(covered());
        assertThat(Stream.of(Way.BY_ID, Way.LIST, Way.CREATE, Way.BATCH)
                        .flatMap(way -> paths(way).stream())
                        .distinct())
                .as("paths that the tests here know how to call")
                .containsExactlyInAnyOrder(one, restore, all, batch);
        assertThat(paths(Way.PAST))
                .allMatch(path -> past("", "").stream().anyMatch(asked -> asked.startsWith(path.replace(one, ""))));
    }

    @Test
    void anOperationThatIsNotTriedIsNoticed() {
        String description = ann.get("/v3/api-docs").text();
        String more =
                description.replace("\"/problems\":", "\"/api/customers/{id}/secrets\":{\"get\":{}},\"/problems\":");
        assertThat(more).isNotEqualTo(description);
        assertThatThrownBy(() ->
                        assertThat(operations(new JsonMapper().readTree(more))).isEqualTo(covered()))
                .isInstanceOf(AssertionError.class);
    }

    private static Set<String> covered() {
        Set<String> covered = new TreeSet<>(OTHERS.keySet());
        for (RecordKind kind : RecordKind.values()) {
            OF_EVERY_KIND.keySet().forEach(operation -> covered.add(operation.replace(" ", " " + kind.template())));
        }
        return covered;
    }

    private static Set<String> operations(JsonNode description) {
        Set<String> operations = new TreeSet<>();
        description
                .path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method.toUpperCase(Locale.ROOT))) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));
        return operations;
    }

    /** @return all there are on a record itself; on what lies below it those that there is an operation for */
    private Set<String> methods(String path) {
        return path.equals(one)
                ? METHODS
                : METHODS.stream()
                        .filter(method -> OF_EVERY_KIND.containsKey(method + " " + path.substring(all.length())))
                        .collect(Collectors.toSet());
    }

    private Set<String> paths(Way way) {
        Set<String> paths = new TreeSet<>();
        OF_EVERY_KIND.forEach((operation, covered) -> {
            if (covered == way) {
                paths.add(all + operation.substring(operation.indexOf(' ') + 1));
            }
        });
        return paths;
    }

    /** What a request says besides the id. */
    @SuppressWarnings("ArrayRecordComponent") // attempts are sent, not compared
    record Attempt(@Nullable String body, String... headers) {
        @Override
        public String toString() {
            return Arrays.toString(headers) + " " + body;
        }
    }

    @Test
    void anothersRecordIsAnsweredForAsAnAbsentOne() {
        Foreign living = foreignRecord();
        Foreign deleted = foreignRecord();
        assertThat(bob.delete(path(deleted.id()), "If-Match", "\"3\"").status()).isEqualTo(204);
        records.created(ann, "Own");

        int compared = 0;
        List<String> leaks = new ArrayList<>();
        for (Caller caller : List.of(ann, ann.at(SharedNodes.second()))) {
            for (Foreign foreign : List.of(living, deleted)) {
                String before = stored(theirs);
                for (String path : paths(Way.BY_ID)) {
                    for (String method : methods(path)) {
                        for (Attempt attempt : attempts(records, method, foreign)) {
                            String absent = UUID.randomUUID().toString();
                            Map<String, String> ofForeign = answer(caller, method, path, foreign.id(), attempt);
                            Map<String, String> ofAbsent = answer(caller, method, path, absent, attempt);
                            compared++;
                            if (!ofForeign.equals(ofAbsent) || !allowed(method).contains(ofForeign.get("status"))) {
                                leaks.add(method + " " + path + " " + attempt + "\n  " + ofForeign + "\n  " + ofAbsent);
                            }
                        }
                    }
                }
                assertThat(stored(theirs)).as("what the other factory has").isEqualTo(before);
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(compared).isGreaterThan(400);
        assertThat(bob.get(path(living.id())).text()).isEqualTo(living.body());
        assertThat(bob.get(path(deleted.id())).status()).isEqualTo(410);
    }

    @Test
    void inABatchToo() {
        Foreign foreign = foreignRecord();
        String before = stored(theirs);
        for (String item : List.of(
                "{\"method\":\"PATCH\",\"id\":\"{id}\",\"version\":3,\"body\":" + records.first("+9") + "}",
                "{\"method\":\"PATCH\",\"id\":\"{id}\",\"version\":1,\"body\":" + records.first("+9") + ","
                        + "\"headers\":{\"Prefer\":\"merge=disjoint\"}}",
                "{\"method\":\"PUT\",\"id\":\"{id}\",\"headers\":{\"If-Match\":\"*\"},\"body\":" + records.whole("Mine")
                        + "}",
                "{\"method\":\"DELETE\",\"id\":\"{id}\",\"updatedAt\":\"" + foreign.updatedAt() + "\"}")) {
            for (String atomic : List.of("true", "false")) {
                String body = "{\"atomic\":" + atomic + ",\"items\":[" + item + "]}";
                String absent = UUID.randomUUID().toString();
                Attempt ofForeign = new Attempt(body.replace("{id}", foreign.id()));
                Attempt ofAbsent = new Attempt(body.replace("{id}", absent));
                Map<String, String> answer = answer(ann, "POST", batch, foreign.id(), ofForeign);
                assertThat(answer).isEqualTo(answer(ann, "POST", batch, absent, ofAbsent));
                assertThat(answer.get("body")).contains("\"status\":404");
            }
        }
        assertThat(stored(theirs)).isEqualTo(before);
    }

    private static Set<String> allowed(String method) {
        return method.equals("OPTIONS") ? Set.of("200") : Set.of("400", "404", "405", "415", "422", "428");
    }

    @Test
    void anothersPastIsAnsweredForAsThatOfAnAbsentOne() {
        Foreign living = foreignRecord();
        Foreign deleted = foreignRecord();
        assertThat(bob.delete(path(deleted.id()), "If-Match", "\"3\"").status()).isEqualTo(204);
        for (Foreign foreign : List.of(living, deleted)) {
            String absent = UUID.randomUUID().toString();
            List<String> ofForeign = past(foreign.id(), foreign.updatedAt());
            List<String> ofAbsent = past(absent, foreign.updatedAt());
            for (int i = 0; i < ofForeign.size(); i++) {
                for (String method : List.of("GET", "HEAD")) {
                    Attempt attempt = new Attempt(null, "If-None-Match", "\"1\"");
                    Map<String, String> answer = answer(ann, method, one, foreign.id() + ofForeign.get(i), attempt);
                    assertThat(answer)
                            .as(ofForeign.get(i))
                            .containsEntry("status", "404")
                            .isEqualTo(answer(ann, method, one, absent + ofAbsent.get(i), attempt));
                    assertThat(bob.send(method, path(foreign.id() + ofForeign.get(i)), null)
                                    .status())
                            .as("of its own factory")
                            .isEqualTo(answeredFor(ofForeign.get(i), foreign.equals(living)) ? 200 : 404);
                }
            }
        }
    }

    /** Whether its own factory is told. A deleted catalog has no schema. */
    private static boolean answeredFor(String asked, boolean lives) {
        return !asked.endsWith("=999") && (lives || !asked.endsWith("/schema"));
    }

    /** What can be asked about the past of a record, or about what follows from it, after its path. */
    private List<String> past(String id, String updatedAt) {
        String third = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("history\n" + id + "\n3").getBytes(StandardCharsets.UTF_8));
        return List.of(
                "?version=1",
                "?version=3",
                "?version=999",
                "?at=" + updatedAt,
                "/history",
                "/history?limit=2",
                "/history?after=" + third,
                "/diff?from=1&to=3",
                "/diff?from=3&to=999",
                kind == RecordKind.CATALOG ? "/schema" : "/history?limit=1",
                "/blame");
    }

    /** With the right version, a wrong one and none: the update is denied, and the record stays as it is. */
    @Test
    void anotherFactorysUpdateIsDeniedWhateverVersionItNames() {
        Foreign foreign = foreignRecord();
        String path = path(foreign.id());
        String body = records.second("+9");
        assertThat(ann.patch(path, body, "If-Match", "\"3\"").status()).isEqualTo(404);
        assertThat(ann.patch(path, body, "If-Match", "\"1\"").status()).isEqualTo(404);
        assertThat(ann.patch(path, body, "If-Match", "*").status()).isEqualTo(404);
        assertThat(ann.patch(path, body).status()).isEqualTo(kind.requiresVersion() ? 428 : 404);
        assertThat(bob.get(path).text()).isEqualTo(foreign.body());
        assertThat(bob.patch(path, body, "If-Match", "\"3\"").status()).isEqualTo(200);
    }

    @Test
    void theSameRequestsAreTakenFromTheRecordsOwnFactory() {
        Foreign record = foreignRecord();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (String method : List.of("GET", "HEAD", "PUT", "PATCH")) {
            for (Attempt attempt : attempts(ofTheirs, method, record)) {
                Reply reply = bob.send(method, path(record.id()), attempt.body(), attempt.headers());
                answers.merge(reply.status(), 1, Integer::sum);
            }
        }
        assertThat(answers.keySet())
                .as("accepted, in conflict, unchanged since, but never unknown")
                .contains(200, 304, 409);
        assertThat(answers).doesNotContainKey(404);
        assertThat(bob.delete(path(record.id()), "If-Match", "*").status()).isEqualTo(204);
    }

    @Test
    void anIdThatAnotherFactoryHasIsFree() {
        Foreign foreign = foreignRecord();
        Foreign deleted = foreignRecord();
        bob.delete(path(deleted.id()), "If-Match", "*");
        String before = stored(theirs);
        for (String id : List.of(foreign.id(), deleted.id())) {
            Reply taken = ann.put(path(id), records.whole("Own"), "If-None-Match", "*");
            Reply free = ann.put(path(UUID.randomUUID().toString()), records.whole("Own"), "If-None-Match", "*");
            assertThat(taken.status()).isEqualTo(201);
            assertThat(free.status()).isEqualTo(201);
            assertThat(taken.header("ETag")).contains("\"1\"");
            assertThat(lasting(taken)).isEqualTo(lasting(free));
            assertThat(withoutTimes(taken, id))
                    .isEqualTo(withoutTimes(free, free.json().path("id").stringValue()));

            Reply changed = ann.patch(path(id), records.second("+7"), "If-Match", "\"1\"");
            assertThat(changed.version()).isEqualTo(2);
            assertThat(changed.text()).doesNotContain(SECRET, theirs);
            Reply conflict = ann.patch(path(id), records.second("+8"), "If-Match", "\"1\"");
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(conflict.text()).doesNotContain(SECRET, theirs, "bob");
            assertThat(ann.delete(path(id), "If-Match", "\"2\"").status()).isEqualTo(204);
        }
        assertThat(stored(theirs)).isEqualTo(before);
        assertThat(bob.get(path(foreign.id())).text()).isEqualTo(foreign.body());
    }

    @Test
    void listsFiltersAndCursorsTellNothingOfAnotherFactory() {
        for (int i = 0; i < 3; i++) {
            records.created(ann, "Own " + i);
        }
        List<String> lists = Stream.concat(
                        Stream.of(
                                "",
                                "limit=1",
                                "limit=3",
                                "limit=200&sort=-updatedAt",
                                "updatedSince=2000-01-01T00:00:00Z"),
                        filters())
                .map(records::list)
                .toList();
        Map<String, Map<String, String>> before = new LinkedHashMap<>();
        lists.forEach(list -> before.put(list, listed(list)));
        for (int i = 0; i < 5; i++) {
            foreignRecord();
        }
        lists.forEach(list -> assertThat(listed(list)).as(list).isEqualTo(before.get(list)));
        assertThat(listed(records.list("id=" + foreignRecord().id())))
                .isEqualTo(listed(records.list("id=" + UUID.randomUUID())));

        for (String sort : sorts()) {
            String next = bob.get(ofTheirs.list("limit=2&sort=" + sort))
                    .json()
                    .path("next")
                    .stringValue();
            Reply page = ann.get(records.list("sort=" + sort + "&after=" + next));
            assertThat(page.status()).isEqualTo(200);
            page.json()
                    .path("items")
                    .forEach(item ->
                            assertThat(item.path("factoryId").stringValue()).isEqualTo(ours));
            assertThat(page.text()).doesNotContain(SECRET, theirs);
        }
    }

    private Stream<String> filters() {
        return switch (kind) {
            case CUSTOMER ->
                Stream.of(
                        "name=" + SECRET,
                        "name=Q",
                        "email=secret@example.com",
                        "tag=vip",
                        "tag=secret",
                        "country=DE",
                        "country=FR",
                        "updatedSince=2000-01-01T00:00:00Z&sort=updatedAt&tag=vip&name=Q");
            case HUB, ATTRIBUTE -> Stream.of("codename=secret");
            case CATALOG -> Stream.of("codename=secret", "hub=" + UUID.randomUUID());
            case ELEMENT ->
                Stream.of("data.phone=" + SECRET, "data.phone.prefix=Q", "data.phone.contains=f", "sort=data.phone");
        };
    }

    private List<String> sorts() {
        return switch (kind) {
            case CUSTOMER -> List.of("name", "-name", "updatedAt", "-updatedAt");
            case HUB -> List.of("codename", "-codename", "updatedAt", "-updatedAt");
            case CATALOG, ATTRIBUTE -> List.of("codename", "order", "-order", "updatedAt");
            case ELEMENT -> List.of("codename", "order", "updatedAt", "data.phone", "-data.phone");
        };
    }

    @Test
    void whatAnotherFactoryHasDoesNotHinderCreatingTheSame() {
        Foreign foreign = foreignRecord();
        String codename = bob.get(path(foreign.id())).json().path("codename").asString("none");
        Reply created = ann.post(all, records.whole(SECRET, codename));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("factoryId").stringValue()).isEqualTo(ours);
        assertThat(ann.post(all, Records.with("\"factoryId\":\"" + theirs + "\"", records.whole("Own")))
                        .status())
                .as("a factory is not chosen")
                .isEqualTo(422);
        Reply withId = ann.post(all, Records.with("\"id\":\"" + foreign.id() + "\"", records.whole("Own")));
        Reply withAbsentId = ann.post(all, Records.with("\"id\":\"" + UUID.randomUUID() + "\"", records.whole("Own")));
        assertThat(withId.status()).isEqualTo(withAbsentId.status());
        assertThat(bob.get(path(foreign.id())).text()).isEqualTo(foreign.body());
    }

    /** Both take the same way through the service; how long it took is reported, not judged. */
    @Test
    void anothersRecordTakesAsLongAsAnAbsentOne(TestReporter report) {
        Foreign foreign = foreignRecord();
        Map<String, BiFunction<Caller, String, Reply>> requests = Map.of(
                "GET", (caller, path) -> caller.get(path),
                "PATCH", (caller, path) -> caller.patch(path, records.first("+9"), "If-Match", "\"3\""));
        requests.forEach((name, request) -> {
            long[] ofForeign = new long[TIMED];
            long[] ofAbsent = new long[TIMED];
            for (int i = 0; i < ofForeign.length; i++) {
                ofForeign[i] = nanos(request, path(foreign.id()));
                ofAbsent[i] = nanos(request, path(UUID.randomUUID().toString()));
            }
            Arrays.sort(ofForeign);
            Arrays.sort(ofAbsent);
            report.publishEntry(
                    name + ", median microseconds",
                    "another's " + ofForeign[TIMED / 2] / 1000 + ", absent " + ofAbsent[TIMED / 2] / 1000);
        });
    }

    private long nanos(BiFunction<Caller, String, Reply> request, String path) {
        long start = System.nanoTime();
        assertThat(request.apply(ann, path).status()).isEqualTo(404);
        return System.nanoTime() - start;
    }

    /** @param body the record as its own factory reads it, at version 3 */
    record Foreign(String id, String updatedAt, String body) {}

    private Foreign foreignRecord() {
        String id = UUID.randomUUID().toString();
        bob.put(path(id), ofTheirs.whole(SECRET), "If-None-Match", "*");
        bob.patch(path(id), ofTheirs.second("+1"), "If-Match", "\"1\"");
        Reply current = bob.patch(path(id), ofTheirs.second("+2"), "If-Match", "\"2\"");
        assertThat(current.version()).isEqualTo(3);
        return new Foreign(id, current.json().path(kind.updatedAtMember()).stringValue(), current.text());
    }

    /** Every precondition, with bodies that are right, wrong and none; what of it creates is tried elsewhere. */
    private static List<Attempt> attempts(Records records, String method, Foreign foreign) {
        List<String[]> preconditions = List.of(
                new String[] {},
                new String[] {"If-Match", "\"3\""},
                new String[] {"If-Match", "\"1\""},
                new String[] {"If-Match", "\"9\""},
                new String[] {"If-Match", "*"},
                new String[] {"If-Match", "nonsense"},
                new String[] {"If-None-Match", "\"3\""},
                new String[] {"If-None-Match", "\"1\""},
                new String[] {"If-Unmodified-Since", "Sun, 22 Nov 2026 10:15:30 GMT"},
                new String[] {"If-Match", "\"3\"", "Idempotency-Key", "k-1"},
                new String[] {"If-Match", "*", "Edited-Version", "\"1\""},
                new String[] {"If-Match", "\"1\"", "Prefer", "merge=disjoint"});
        List<@Nullable String> bodies = new ArrayList<>();
        bodies.add(null);
        String mine = records.first("Mine");
        bodies.add(mine);
        List<String> carriers = List.of(
                records.whole("Mine"),
                Records.with("\"version\":3", records.whole("Mine")),
                Records.with("\"version\":1", records.whole("Mine")),
                "{\"name\":\"\"}",
                "{}",
                Records.with("\"version\":3", mine),
                Records.with("\"version\":1", mine),
                Records.with("\"updatedAt\":\"" + foreign.updatedAt() + "\"", mine),
                Records.with("\"version\":3,\"updatedAt\":\"" + foreign.updatedAt() + "\"", mine),
                Records.with("\"version\":2,\"updatedAt\":\"" + foreign.updatedAt() + "\"", mine),
                Records.with("\"createdBy\":\"bob\"", mine),
                "{\"version\":3}",
                "{\"toVersion\":1,\"version\":3}",
                "{\"toVersion\":9}",
                "{\"updatedAt\":\"" + foreign.updatedAt() + "\"}");
        if (WITH_BODIES.contains(method)) {
            bodies.addAll(carriers);
        }
        List<Attempt> attempts = new ArrayList<>();
        for (String[] headers : preconditions) {
            bodies.forEach(body -> attempts.add(new Attempt(body, headers)));
        }
        return attempts;
    }

    private static Set<String> lasting(Reply reply) {
        Set<String> names = new TreeSet<>(reply.raw().headers().map().keySet());
        names.removeAll(OF_THE_MOMENT);
        return names;
    }

    /** @return status, headers and body, in which the id that was asked for is a placeholder */
    private static Map<String, String> answer(Caller caller, String method, String path, String id, Attempt attempt) {
        List<String> headers = new ArrayList<>(List.of(attempt.headers()));
        headers.addAll(List.of("X-Request-Id", REQUEST_ID));
        Reply reply = caller.send(method, path.replace("{id}", id), attempt.body(), headers.toArray(String[]::new));
        Map<String, String> answer = new TreeMap<>();
        reply.raw().headers().map().forEach((name, values) -> {
            if (!OF_THE_MOMENT.contains(name.toLowerCase(Locale.ROOT))) {
                answer.put(name.toLowerCase(Locale.ROOT), values.toString().replace(id, "{id}"));
            }
        });
        answer.put("status", Integer.toString(reply.status()));
        answer.put("body", reply.text().replace(id, "{id}"));
        return answer;
    }

    private Map<String, String> listed(String list) {
        Reply reply = ann.get(list, "X-Request-Id", REQUEST_ID);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Map<String, String> answer = new TreeMap<>();
        reply.raw().headers().map().forEach((name, values) -> answer.put(name, values.toString()));
        OF_THE_MOMENT.forEach(answer::remove);
        answer.put("body", reply.text());
        return answer;
    }

    private String path(String id) {
        return all + "/" + id;
    }

    private static String withoutTimes(Reply reply, String id) {
        return reply.text()
                .replace(id, "{id}")
                .replaceAll("\"c[0-9a-f]{32}\"", "\"{codename}\"")
                .replaceAll("\"(createdAt|updatedAt|_uplCreatedAt|_uplUpdatedAt)\":\"[^\"]*\"", "\"$1\":\"{time}\"");
    }

    private static String stored(String factory) {
        return String.join(
                "\n",
                SharedNodes.database()
                        .asAdmin()
                        .sql("""
                        with ours (id) as (values (?))
                        select row::text from ours join unlost.event as row on factory_id = ours.id
                        union all select row::text from ours join unlost.customer as row on factory_id = ours.id
                        union all select row::text from ours join unlost.customer_tag as row on factory_id = ours.id
                        union all select row::text from ours join unlost.accepted_request as row on factory_id = ours.id
                        union all select row::text from ours join unlost.metahub_member as row on factory_id = ours.id
                        union all select row::text from ours join unlost.metahub_reference as row on factory_id = ours.id
                        union all select row::text from ours join unlost.hub as row on factory_id = ours.id
                        union all select row::text from ours join unlost.catalog as row on factory_id = ours.id
                        union all select row::text from ours join unlost.attribute as row on factory_id = ours.id
                        union all select row::text from ours join unlost.element as row on factory_id = ours.id
                        union all select row::text from ours join unlost.element_value as row on factory_id = ours.id
                        order by 1""")
                        .param(factory)
                        .query(String.class)
                        .list());
    }
}

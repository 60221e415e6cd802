package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record of another factory is answered for exactly as one that there never was, whatever is asked of it. */
class ForeignIdsIT {

    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Set<String> WITH_BODIES = Set.of("PUT", "PATCH", "DELETE", "POST");
    private static final String CUSTOMERS = "/api/customers";
    private static final String CUSTOMER = "/api/customers/{id}";
    private static final String RESTORE = CUSTOMER + "/restore";
    private static final String BATCH = "/api/customers:batch";
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
        /** It knows no records. */
        WITHOUT_RECORDS
    }

    private static final Map<String, Way> COVERED = Map.ofEntries(
            Map.entry("GET /api/customers", Way.LIST),
            Map.entry("POST /api/customers", Way.CREATE),
            Map.entry("POST /api/customers:batch", Way.BATCH),
            Map.entry("GET /api/customers/{id}", Way.BY_ID),
            Map.entry("PUT /api/customers/{id}", Way.BY_ID),
            Map.entry("PATCH /api/customers/{id}", Way.BY_ID),
            Map.entry("DELETE /api/customers/{id}", Way.BY_ID),
            Map.entry("POST /api/customers/{id}/restore", Way.BY_ID),
            Map.entry("GET /api/customers/{id}/blame", Way.PAST),
            Map.entry("GET /api/customers/{id}/diff", Way.PAST),
            Map.entry("GET /api/customers/{id}/history", Way.PAST),
            Map.entry("GET /api/changes", Way.FEED),
            Map.entry("GET /problems", Way.WITHOUT_RECORDS),
            Map.entry("GET /problems/{slug}", Way.WITHOUT_RECORDS),
            Map.entry("POST /dev/token", Way.WITHOUT_RECORDS));

    private String ours = "unset";
    private String theirs = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;

    @BeforeEach
    void twoFactories() {
        ours = "ours-" + UUID.randomUUID();
        theirs = "theirs-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", ours);
        bob = Caller.of(SharedNodes.first(), "bob", theirs);
    }

    @Test
    void everyOperationOfTheApiIsTried() {
        assertThat(operations(ann.get("/v3/api-docs").json()))
                .as("whoever adds an operation says here how it is tried with the ids of others")
                .isEqualTo(new TreeSet<>(COVERED.keySet()));
        assertThat(Stream.of(Way.BY_ID, Way.LIST, Way.CREATE, Way.BATCH)
                        .flatMap(way -> paths(way).stream())
                        .distinct())
                .as("paths that the tests here know how to call")
                .containsExactlyInAnyOrder(CUSTOMER, RESTORE, CUSTOMERS, BATCH);
        assertThat(paths(Way.PAST))
                .allMatch(
                        path -> past("", "").stream().anyMatch(asked -> asked.startsWith(path.replace(CUSTOMER, ""))));
    }

    @Test
    void anOperationThatIsNotTriedIsNoticed() {
        String description = ann.get("/v3/api-docs").text();
        String more =
                description.replace("\"/problems\":", "\"/api/customers/{id}/secrets\":{\"get\":{}},\"/problems\":");
        assertThat(more).isNotEqualTo(description);
        assertThatThrownBy(() -> assertThat(operations(new JsonMapper().readTree(more)))
                        .isEqualTo(new TreeSet<>(COVERED.keySet())))
                .isInstanceOf(AssertionError.class);
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
    private static Set<String> methods(String path) {
        return path.equals(CUSTOMER)
                ? METHODS
                : METHODS.stream()
                        .filter(method -> COVERED.containsKey(method + " " + path))
                        .collect(Collectors.toSet());
    }

    private static Set<String> paths(Way way) {
        Set<String> paths = new TreeSet<>();
        COVERED.forEach((operation, covered) -> {
            if (covered == way) {
                paths.add(operation.substring(operation.indexOf(' ') + 1));
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
    void anothersRecordIsAnsweredForAsAnAbsentOne() throws SQLException {
        Foreign living = foreignRecord();
        Foreign deleted = foreignRecord();
        assertThat(bob.delete(path(deleted.id()), "If-Match", "\"3\"").status()).isEqualTo(204);
        ann.created("{\"name\":\"Own\"}");

        int compared = 0;
        List<String> leaks = new ArrayList<>();
        for (Caller caller : List.of(ann, ann.at(SharedNodes.second()))) {
            for (Foreign foreign : List.of(living, deleted)) {
                String before = stored(theirs);
                for (String path : paths(Way.BY_ID)) {
                    for (String method : methods(path)) {
                        for (Attempt attempt : attempts(method, foreign)) {
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
    void inABatchToo() throws SQLException {
        Foreign foreign = foreignRecord();
        String before = stored(theirs);
        for (String item : List.of(
                "{\"method\":\"PATCH\",\"id\":\"{id}\",\"version\":3,\"body\":{\"phone\":\"+9\"}}",
                "{\"method\":\"PATCH\",\"id\":\"{id}\",\"version\":1,\"body\":{\"phone\":\"+9\"},"
                        + "\"headers\":{\"Prefer\":\"merge=disjoint\"}}",
                "{\"method\":\"PUT\",\"id\":\"{id}\",\"headers\":{\"If-Match\":\"*\"},\"body\":{\"name\":\"Mine\"}}",
                "{\"method\":\"DELETE\",\"id\":\"{id}\",\"updatedAt\":\"" + foreign.updatedAt() + "\"}")) {
            for (String atomic : List.of("true", "false")) {
                String batch = "{\"atomic\":" + atomic + ",\"items\":[" + item + "]}";
                String absent = UUID.randomUUID().toString();
                Attempt ofForeign = new Attempt(batch.replace("{id}", foreign.id()));
                Attempt ofAbsent = new Attempt(batch.replace("{id}", absent));
                Map<String, String> answer = answer(ann, "POST", BATCH, foreign.id(), ofForeign);
                assertThat(answer).isEqualTo(answer(ann, "POST", BATCH, absent, ofAbsent));
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
                    Map<String, String> answer =
                            answer(ann, method, CUSTOMER, foreign.id() + ofForeign.get(i), attempt);
                    assertThat(answer)
                            .as(ofForeign.get(i))
                            .containsEntry("status", "404")
                            .isEqualTo(answer(ann, method, CUSTOMER, absent + ofAbsent.get(i), attempt));
                    assertThat(bob.send(method, path(foreign.id() + ofForeign.get(i)), null)
                                    .status())
                            .as("of its own factory")
                            .isEqualTo(ofForeign.get(i).endsWith("=999") ? 404 : 200);
                }
            }
        }
    }

    /** What can be asked about the past of a record, after its path. */
    private static List<String> past(String id, String updatedAt) {
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
                "/blame");
    }

    /** With the right version, a wrong one and none: the update is denied, and the record stays as it is. */
    @Test
    void anotherFactorysUpdateIsDeniedWhateverVersionItNames() {
        Foreign foreign = foreignRecord();
        String path = path(foreign.id());
        String body = "{\"phone\":\"+9\"}";
        assertThat(ann.patch(path, body, "If-Match", "\"3\"").status()).isEqualTo(404);
        assertThat(ann.patch(path, body, "If-Match", "\"1\"").status()).isEqualTo(404);
        assertThat(ann.patch(path, body, "If-Match", "*").status()).isEqualTo(404);
        assertThat(ann.patch(path, body).status()).isEqualTo(428);
        assertThat(bob.get(path).text()).isEqualTo(foreign.body());
        assertThat(bob.patch(path, body, "If-Match", "\"3\"").status()).isEqualTo(200);
    }

    @Test
    void theSameRequestsAreTakenFromTheRecordsOwnFactory() {
        Foreign record = foreignRecord();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (String method : List.of("GET", "HEAD", "PUT", "PATCH")) {
            for (Attempt attempt : attempts(method, record)) {
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
    void anIdThatAnotherFactoryHasIsFree() throws SQLException {
        Foreign foreign = foreignRecord();
        Foreign deleted = foreignRecord();
        bob.delete(path(deleted.id()), "If-Match", "*");
        String before = stored(theirs);
        for (String id : List.of(foreign.id(), deleted.id())) {
            Reply taken = ann.put(path(id), "{\"name\":\"Own\"}", "If-None-Match", "*");
            Reply free = ann.put(path(UUID.randomUUID().toString()), "{\"name\":\"Own\"}", "If-None-Match", "*");
            assertThat(taken.status()).isEqualTo(201);
            assertThat(free.status()).isEqualTo(201);
            assertThat(taken.header("ETag")).contains("\"1\"");
            assertThat(taken.raw().headers().map().keySet())
                    .isEqualTo(free.raw().headers().map().keySet());
            assertThat(withoutTimes(taken, id))
                    .isEqualTo(withoutTimes(free, free.json().path("id").stringValue()));

            Reply changed = ann.patch(path(id), "{\"phone\":\"+7\"}", "If-Match", "\"1\"");
            assertThat(changed.version()).isEqualTo(2);
            assertThat(changed.text()).doesNotContain(SECRET, theirs);
            Reply conflict = ann.patch(path(id), "{\"phone\":\"+8\"}", "If-Match", "\"1\"");
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
            ann.created("{\"name\":\"Own " + i + "\",\"tags\":[\"vip\"],\"address\":{\"country\":\"DE\"}}");
        }
        List<String> lists = List.of(
                CUSTOMERS,
                CUSTOMERS + "?limit=1",
                CUSTOMERS + "?limit=3",
                CUSTOMERS + "?limit=200&sort=-updatedAt",
                CUSTOMERS + "?name=" + SECRET,
                CUSTOMERS + "?name=Q",
                CUSTOMERS + "?email=secret@example.com",
                CUSTOMERS + "?tag=vip",
                CUSTOMERS + "?tag=secret",
                CUSTOMERS + "?country=DE",
                CUSTOMERS + "?country=FR",
                CUSTOMERS + "?updatedSince=2000-01-01T00:00:00Z",
                CUSTOMERS + "?updatedSince=2000-01-01T00:00:00Z&sort=updatedAt&tag=vip&name=Q");
        Map<String, Map<String, String>> before = new LinkedHashMap<>();
        lists.forEach(list -> before.put(list, listed(list)));
        for (int i = 0; i < 5; i++) {
            foreignRecord();
        }
        lists.forEach(list -> assertThat(listed(list)).as(list).isEqualTo(before.get(list)));

        for (String sort : List.of("name", "-name", "updatedAt", "-updatedAt")) {
            String next = bob.get(CUSTOMERS + "?limit=2&sort=" + sort)
                    .json()
                    .path("next")
                    .stringValue();
            Reply page = ann.get(CUSTOMERS + "?sort=" + sort + "&after=" + next);
            assertThat(page.status()).isEqualTo(200);
            page.json()
                    .path("items")
                    .forEach(item ->
                            assertThat(item.path("factoryId").stringValue()).isEqualTo(ours));
            assertThat(page.text()).doesNotContain(SECRET, theirs);
        }
    }

    @Test
    void whatAnotherFactoryHasDoesNotHinderCreatingTheSame() {
        Foreign foreign = foreignRecord();
        String like = "{\"name\":\"" + SECRET + "\",\"email\":\"secret@example.com\",\"tags\":[\"secret\",\"vip\"]}";
        Reply created = ann.post(CUSTOMERS, like);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("factoryId").stringValue()).isEqualTo(ours);
        assertThat(ann.post(CUSTOMERS, "{\"name\":\"Own\",\"factoryId\":\"" + theirs + "\"}")
                        .status())
                .as("a factory is not chosen")
                .isEqualTo(422);
        Reply withId = ann.post(CUSTOMERS, "{\"name\":\"Own\",\"id\":\"" + foreign.id() + "\"}");
        Reply withAbsentId = ann.post(CUSTOMERS, "{\"name\":\"Own\",\"id\":\"" + UUID.randomUUID() + "\"}");
        assertThat(withId.status()).isEqualTo(withAbsentId.status());
        assertThat(bob.get(path(foreign.id())).text()).isEqualTo(foreign.body());
    }

    /** Both take the same way through the service; how long it took is reported, not judged. */
    @Test
    void anothersRecordTakesAsLongAsAnAbsentOne(TestReporter report) {
        Foreign foreign = foreignRecord();
        Map<String, BiFunction<Caller, String, Reply>> requests = Map.of(
                "GET", (caller, path) -> caller.get(path),
                "PATCH", (caller, path) -> caller.patch(path, "{\"phone\":\"+9\"}", "If-Match", "\"3\""));
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
        bob.put(
                path(id),
                "{\"name\":\"" + SECRET + "\",\"email\":\"secret@example.com\",\"tags\":[\"secret\",\"vip\"],"
                        + "\"address\":{\"country\":\"FR\"}}",
                "If-None-Match",
                "*");
        bob.patch(path(id), "{\"phone\":\"+1\"}", "If-Match", "\"1\"");
        Reply current = bob.patch(path(id), "{\"phone\":\"+2\"}", "If-Match", "\"2\"");
        assertThat(current.version()).isEqualTo(3);
        return new Foreign(id, current.json().path("updatedAt").stringValue(), current.text());
    }

    /** Every precondition, with bodies that are right, wrong and none; what of it creates is tried elsewhere. */
    private static List<Attempt> attempts(String method, Foreign foreign) {
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
        bodies.add("{\"name\":\"Mine\"}");
        List<String> carriers = List.of(
                "{\"name\":\"" + SECRET + "\",\"phone\":\"+2\"}",
                "{\"name\":\"\"}",
                "{}",
                "{\"name\":\"Mine\",\"version\":3}",
                "{\"name\":\"Mine\",\"version\":1}",
                "{\"name\":\"Mine\",\"updatedAt\":\"" + foreign.updatedAt() + "\"}",
                "{\"name\":\"Mine\",\"version\":3,\"updatedAt\":\"" + foreign.updatedAt() + "\"}",
                "{\"name\":\"Mine\",\"version\":2,\"updatedAt\":\"" + foreign.updatedAt() + "\"}",
                "{\"name\":\"Mine\",\"createdBy\":\"bob\"}",
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

    private static String path(String id) {
        return CUSTOMERS + "/" + id;
    }

    private static String withoutTimes(Reply reply, String id) {
        return reply.text().replace(id, "{id}").replaceAll("\"(createdAt|updatedAt)\":\"[^\"]*\"", "\"$1\":\"{time}\"");
    }

    private static String stored(String factory) throws SQLException {
        StringBuilder stored = new StringBuilder();
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                PreparedStatement query = admin.prepareStatement("""
                        select row::text from unlost.event as row where factory_id = ?
                        union all select row::text from unlost.customer as row where factory_id = ?
                        union all select row::text from unlost.customer_tag as row where factory_id = ?
                        union all select row::text from unlost.accepted_request as row where factory_id = ?
                        order by 1""")) {
            for (int i = 1; i <= 4; i++) {
                query.setString(i, factory);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.append(rows.getString(1)).append('\n');
                }
            }
        }
        return stored.toString();
    }
}

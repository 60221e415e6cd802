package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Records as tables, in PostgREST's dialect: the same records, the same promises. */
class TablesIT {

    private static final String CUSTOMERS = "/rest/v1/customers";
    private static final String SINGLE = "application/vnd.pgrst.object+json";
    private static final String[] REPRESENTATION = {"Prefer", "return=representation", "Accept", SINGLE};

    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private Caller stranger = ann;

    @BeforeEach
    void aFactoryOfItsOwn() {
        String factory = "tables-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        stranger = Caller.of(SharedNodes.first(), "eve", "others-" + UUID.randomUUID());
    }

    private String inserted(String row) {
        Reply reply = ann.post(CUSTOMERS, row, REPRESENTATION);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().path("id").stringValue();
    }

    private static String query(String... namesAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(encoded(namesAndValues[i]) + "=" + encoded(namesAndValues[i + 1]));
        }
        return "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<String> names(String... namesAndValues) {
        Reply reply = bob.get(CUSTOMERS + query(namesAndValues));
        assertThat(reply.status()).as(reply.text()).isIn(200, 206);
        List<String> names = new ArrayList<>();
        reply.json().forEach(row -> names.add(row.path("name").stringValue()));
        return names;
    }

    private static void isPostgrestError(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/json");
        JsonNode error = reply.json();
        assertThat(error.path("code").stringValue()).as(reply.text()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).isNotBlank();
        assertThat(error.has("details")).isTrue();
        assertThat(error.has("hint")).isTrue();
        assertThat(reply.header("ETag")).isEmpty();
    }

    /** Java's own client would encode them, or refuse to. */
    @Test
    void conditionsMayBeSentAsTheyAreTyped() throws IOException {
        inserted("{\"name\":\"Acme\",\"tags\":[\"a\",\"b c\"],\"address\":{\"city\":\"Bonn\"}}");
        URI uri = ann.uri(CUSTOMERS);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + CUSTOMERS
                                    + "?select=name&tags=cs.{a,\"b%20c\"}&address->>city=eq.Bonn HTTP/1.1\r\n"
                                    + "Host: " + uri.getAuthority() + "\r\nConnection: close\r\nAuthorization: Bearer "
                                    + ann.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("[{\"name\":\"Acme\"}]");
        }
    }

    @Test
    void aStaleUpdateIsRefusedWithAnError() {
        String id = inserted("{\"name\":\"Acme\",\"phone\":\"+1\"}");
        String first = CUSTOMERS + "?id=eq." + id + "&version=eq.1";

        Reply changed = ann.patch(first, "{\"phone\":\"+2\"}", REPRESENTATION);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("version").longValue()).isEqualTo(2);
        assertThat(changed.json().path("updated_by").stringValue()).isEqualTo("ann");

        for (String[] headers : List.of(
                REPRESENTATION, new String[] {"Prefer", "return=representation"}, new String[] {"Accept", "*/*"})) {
            Reply refused = bob.patch(first, "{\"phone\":\"+3\"}", headers);
            isPostgrestError(refused, 409, "OPTIMISTIC_LOCK_CONFLICT");
            JsonNode conflict = refused.json().path("conflict");
            assertThat(conflict.path("reason").stringValue()).isEqualTo("stale");
            assertThat(conflict.path("actualVersion").longValue()).isEqualTo(2);
            assertThat(conflict.path("changes").path(0).path("theirs").stringValue())
                    .isEqualTo("+2");
        }

        Reply retried = bob.patch(CUSTOMERS + "?id=eq." + id + "&version=eq.2", "{\"phone\":\"+3\"}");
        assertThat(retried.status()).isEqualTo(204);
        assertThat(retried.text()).isEmpty();
        assertThat(retried.header("ETag")).contains("\"3\"");
        assertThat(ann.get("/api/customers/" + id).version()).isEqualTo(3);
    }

    /** postgrest-js takes a 404 without a body or with a list for success, and so errors whose details say "0 rows". */
    @Test
    void noRefusalOfAWriteLooksLikeSuccess() {
        String id = inserted("{\"name\":\"0 rows\"}");
        String row = CUSTOMERS + "?id=eq." + id;
        assertThat(ann.patch(row + "&version=eq.1", "{\"notes\":\"0 rows\"}").status())
                .isEqualTo(204);
        String edit = "{\"notes\":\"10 rows\"}";
        String absent = CUSTOMERS + "?id=eq." + UUID.randomUUID() + "&version=eq.1";
        String[] single = {"Prefer", "return=representation, handling=strict, max-affected=1", "Accept", SINGLE};
        for (String[] headers : List.of(single, new String[] {"Accept", "*/*"})) {
            for (Reply refused : List.of(
                    bob.patch(row + "&version=eq.1", edit, headers),
                    bob.delete(row + "&version=eq.1", headers),
                    bob.patch(absent, edit, headers),
                    bob.delete(absent, headers),
                    bob.patch(CUSTOMERS + "?id=eq.0%20rows&version=eq.1", edit, headers),
                    bob.patch(CUSTOMERS + "?version=eq.1", edit, headers),
                    bob.patch(row, edit, headers))) {
                assertThat(refused.status()).as(refused.text()).isIn(404, 409, 428);
                assertThat(refused.json().isObject()).isTrue();
                for (String member : List.of("message", "details")) {
                    assertThat(refused.json().path(member).stringValue())
                            .isNotBlank()
                            .doesNotContain("0 rows");
                }
            }
        }
        assertThat(ann.get("/api/customers/" + id).version()).isEqualTo(2);
    }

    @Test
    void oneOfTwoWritersAtTwoNodesWins() {
        String id = inserted("{\"name\":\"Acme\"}");
        for (int version = 1; version <= 20; version++) {
            String path = CUSTOMERS + "?id=eq." + id + "&version=eq." + version;
            String phone = "v" + version + " of ";
            List<Reply> replies = Together.run(
                    2, thread -> (thread == 0 ? ann : bob).patch(path, "{\"phone\":\"" + phone + thread + "\"}"));
            assertThat(replies.stream().map(Reply::status)).containsExactlyInAnyOrder(204, 409);
            int winner = replies.get(0).status() == 204 ? 0 : 1;
            assertThat(ann.get("/api/customers/" + id).json().path("phone").stringValue())
                    .isEqualTo(phone + winner);
        }
    }

    @Test
    void aWriteNamesItsRowAndItsVersion() {
        String id = inserted("{\"name\":\"Acme\"}");
        for (String path : List.of(CUSTOMERS, CUSTOMERS + "?version=eq.1", CUSTOMERS + "?id=eq." + id)) {
            isPostgrestError(ann.patch(path, "{\"phone\":\"+2\"}"), 428, "precondition-required");
            isPostgrestError(ann.delete(path), 428, "precondition-required");
        }
        for (String filter : List.of("name=eq.Acme", "id=in.(" + id + ")", "version=gt.0", "or=(id.eq.1)", "id=eq.x")) {
            String path = CUSTOMERS + "?id=eq." + id + "&version=eq.1&" + filter;
            isPostgrestError(ann.patch(path, "{\"phone\":\"+2\"}"), 400, "0A000");
            isPostgrestError(ann.delete(path), 400, "0A000");
        }
        isPostgrestError(
                ann.patch(CUSTOMERS + "?id=eq." + id + "&version=eq.1", "{\"phone\":\"+2\"}", "If-Match", "\"2\""),
                400,
                "precondition-mismatch");
        isPostgrestError(ann.patch(CUSTOMERS + "?id=eq." + id + "&version=eq.x", "{}"), 400, "22P02");
        isPostgrestError(ann.patch(CUSTOMERS + "?id=eq." + id + "&version=eq.0", "{}"), 400, "precondition-malformed");
        assertThat(ann.get("/api/customers/" + id).version()).isEqualTo(1);
        // a time, a header and the row itself say it as well
        String updatedAt =
                ann.get("/api/customers/" + id).json().path("updatedAt").stringValue();
        assertThat(ann.patch(CUSTOMERS + query("id", "eq." + id, "updated_at", "eq." + updatedAt), "{\"phone\":\"+2\"}")
                        .status())
                .isEqualTo(204);
        assertThat(ann.patch(CUSTOMERS + "?id=eq." + id, "{\"phone\":\"+3\"}", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(204);
        assertThat(ann.patch(CUSTOMERS + "?id=eq." + id, "{\"phone\":\"+4\",\"version\":3}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aRowOfAnotherFactoryIsAnsweredForAsOneThatNeverWas() {
        String foreign = inserted("{\"name\":\"Acme\"}");
        String absent = UUID.randomUUID().toString();
        for (String id : List.of(foreign, absent)) {
            for (String condition : List.of("&version=eq.1", "&version=eq.7")) {
                String path = CUSTOMERS + "?id=eq." + id + condition;
                for (Reply reply : List.of(
                        stranger.patch(path, "{\"phone\":\"+2\"}", REPRESENTATION),
                        stranger.delete(path),
                        stranger.patch(path, "{\"phone\":\"+2\"}", "Prefer", "tx=rollback"))) {
                    isPostgrestError(reply, 404, "not-found");
                    assertThat(reply.text()).doesNotContain(id);
                }
            }
            assertThat(stranger.get(CUSTOMERS + "?id=eq." + id).text()).isEqualTo("[]");
            assertThat(stranger.get(CUSTOMERS, "Prefer", "count=exact").header("Content-Range"))
                    .contains("*/0");
        }
        assertThat(ann.get("/api/customers/" + foreign).version()).isEqualTo(1);
    }

    @Test
    void aDeletedRowIsGoneAndSaysSoToWriters() {
        String id = inserted("{\"name\":\"Acme\"}");
        Reply deleted = ann.delete(CUSTOMERS + "?id=eq." + id + "&version=eq.1", REPRESENTATION);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.json().path("name").stringValue()).isEqualTo("Acme");
        assertThat(bob.get(CUSTOMERS + "?id=eq." + id).text()).isEqualTo("[]");
        Reply refused = bob.patch(CUSTOMERS + "?id=eq." + id + "&version=eq.1", "{\"phone\":\"+3\"}");
        isPostgrestError(refused, 409, "OPTIMISTIC_LOCK_CONFLICT");
        assertThat(refused.json().path("conflict").path("reason").stringValue()).isEqualTo("deleted");
    }

    @Test
    void aDryRunTellsWhatWouldBeAndLeavesNothing() {
        String id = inserted("{\"name\":\"Acme\"}");
        String[] dry = {"Prefer", "return=representation, tx=rollback", "Accept", SINGLE};
        String path = CUSTOMERS + "?id=eq." + id + "&version=eq.1";
        Reply wouldBe = ann.patch(path, "{\"phone\":\"+2\"}", dry);
        assertThat(wouldBe.status()).as(wouldBe.text()).isEqualTo(200);
        assertThat(wouldBe.json().path("version").longValue()).isEqualTo(2);
        assertThat(wouldBe.header("Preference-Applied").orElseThrow()).contains("tx=rollback");
        assertThat(ann.delete(path, dry).status()).isEqualTo(200);
        Reply created = ann.post(CUSTOMERS, "{\"name\":\"Never\"}", dry);
        assertThat(created.status()).isEqualTo(201);
        assertThat(names("name", "eq.Never")).isEmpty();
        assertThat(ann.get("/api/customers/" + id).version()).isEqualTo(1);
    }

    @Test
    void aDryRunIsNotDecidedOnACopyThatIsBehind() {
        // cached where it was created, and changed at the other node
        String id = inserted("{\"name\":\"Acme\"}");
        String path = CUSTOMERS + "?id=eq." + id + "&version=eq.1";
        assertThat(bob.patch(path, "{\"phone\":\"+3\"}").status()).isEqualTo(204);
        isPostgrestError(
                ann.patch(path, "{\"phone\":\"+2\"}", "Prefer", "tx=rollback"), 409, "OPTIMISTIC_LOCK_CONFLICT");
        assertThat(ann.patch(CUSTOMERS + "?id=eq." + id + "&version=eq.2", "{\"phone\":\"+4\"}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void rowsAreInsertedAllOrNone() {
        Reply refused = ann.post(CUSTOMERS, "[{\"name\":\"One\"},{\"name\":\"\"}]");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(names()).isEmpty();
        Reply inserted = ann.post(
                CUSTOMERS + "?columns=name,contact_name&select=name,contact:contact_name",
                "[{\"name\":\"One\",\"contact_name\":\"Ann\"},{\"name\":\"Two\",\"contact_name\":null}]",
                "Prefer",
                "return=representation, count=exact");
        assertThat(inserted.status()).as(inserted.text()).isEqualTo(201);
        assertThat(inserted.text())
                .isEqualTo("[{\"name\":\"One\",\"contact\":\"Ann\"},{\"name\":\"Two\",\"contact\":null}]");
        assertThat(inserted.header("Content-Range")).contains("*/2");
        isPostgrestError(ann.post(CUSTOMERS, "{\"nome\":\"One\"}"), 400, "PGRST204");
        isPostgrestError(
                ann.post(CUSTOMERS, "{\"name\":\"One\"}", "Prefer", "resolution=merge-duplicates"), 400, "0A000");
    }

    @Test
    void anIdCanBeChosenOnce() {
        String id = UUID.randomUUID().toString();
        String row = "{\"id\":\"" + id + "\",\"name\":\"Acme\"}";
        assertThat(inserted(row)).isEqualTo(id);
        Reply again = ann.post(CUSTOMERS, row);
        isPostgrestError(again, 409, "OPTIMISTIC_LOCK_CONFLICT");
        assertThat(again.json().path("conflict").path("reason").stringValue()).isEqualTo("exists");
    }

    @Test
    void aRepeatedRequestCountsOnce() {
        String id = inserted("{\"name\":\"Acme\"}");
        String path = CUSTOMERS + "?id=eq." + id + "&version=eq.1";
        String[] keyed = {"Idempotency-Key", "k-1"};
        assertThat(ann.patch(path, "{\"phone\":\"+2\"}", keyed).status()).isEqualTo(204);
        Reply again = ann.patch(path, "{\"phone\":\"+2\"}", keyed);
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        String rows = "[{\"name\":\"One\"},{\"name\":\"Two\"}]";
        assertThat(ann.post(CUSTOMERS, rows, "Idempotency-Key", "k-2").status()).isEqualTo(201);
        assertThat(ann.post(CUSTOMERS, rows, "Idempotency-Key", "k-2").header("Idempotency-Replayed"))
                .contains("true");
        assertThat(names("name", "in.(One,Two)", "order", "name")).containsExactly("One", "Two");
        isPostgrestError(ann.patch(path, "{\"phone\":\"+9\"}", keyed), 422, "idempotency-key-reused");
    }

    @Test
    void rowsAreFoundByConditions() {
        inserted("{\"name\":\"Acme\",\"phone\":\"+1\",\"tags\":[\"vip\",\"new, shiny\"],"
                + "\"address\":{\"city\":\"Berlin\",\"country\":\"DE\"}}");
        inserted("{\"name\":\"beta\",\"email\":\"b@example.com\",\"tags\":[\"vip\"]}");
        inserted("{\"name\":\"Cäsar 100%\",\"address\":{\"city\":\"Bern\",\"country\":\"CH\"},\"notes\":\"a\\\\b\"}");
        String[] order = {"order", "name"};
        assertThat(names(order)).containsExactly("Acme", "beta", "Cäsar 100%");
        assertThat(names("order", "name.desc")).containsExactly("Cäsar 100%", "beta", "Acme");
        assertThat(names("order", "phone.desc.nullslast,name.desc")).containsExactly("Acme", "Cäsar 100%", "beta");
        assertThat(names("order", "phone.asc.nullsfirst,name")).containsExactly("beta", "Cäsar 100%", "Acme");
        assertThat(names("order", "address->>city.desc.nullslast,name")).containsExactly("Cäsar 100%", "Acme", "beta");
        assertThat(found("name", "eq.Acme")).containsExactly("Acme");
        assertThat(found("name", "neq.Acme")).containsExactly("beta", "Cäsar 100%");
        assertThat(found("name", "not.eq.Acme")).containsExactly("beta", "Cäsar 100%");
        assertThat(found("name", "gt.acme")).containsExactly("beta", "Cäsar 100%");
        assertThat(found("name", "gte.acme", "name", "lt.c")).containsExactly("Acme", "beta");
        assertThat(found("name", "like.*e*")).containsExactly("Acme", "beta");
        assertThat(found("name", "ilike.B%")).containsExactly("beta");
        assertThat(found("name", "like.*100\\%")).containsExactly("Cäsar 100%");
        assertThat(found("name", "in.(Acme,\"Cäsar 100%\")")).containsExactly("Acme", "Cäsar 100%");
        assertThat(found("name", "in.()")).isEmpty();
        assertThat(found("email", "is.null")).containsExactly("Acme", "Cäsar 100%");
        assertThat(found("email", "not.is.null")).containsExactly("beta");
        assertThat(found("address", "is.null")).containsExactly("beta");
        assertThat(found("address->>city", "ilike.ber*")).containsExactly("Acme", "Cäsar 100%");
        assertThat(found("address->>city", "eq.Bern")).containsExactly("Cäsar 100%");
        assertThat(found("address->>planet", "is.null")).hasSize(3);
        assertThat(found("tags", "cs.{vip}")).containsExactly("Acme", "beta");
        assertThat(found("tags", "cs.{vip,\"new, shiny\"}")).containsExactly("Acme");
        assertThat(found("tags", "not.cs.{vip}")).containsExactly("Cäsar 100%");
        assertThat(found("version", "gte.1")).hasSize(3);
        assertThat(found("updated_at", "gt.2999-01-01T00:00:00Z")).isEmpty();
        assertThat(found("or", "(name.eq.Acme,and(name.like.b*,tags.cs.{vip}))"))
                .containsExactly("Acme", "beta");
        assertThat(found("not.or", "(name.eq.Acme,name.eq.beta)")).containsExactly("Cäsar 100%");
        assertThat(found("and", "(name.not.eq.Acme,not.and(name.eq.beta,email.not.is.null))"))
                .containsExactly("Cäsar 100%");
        assertThat(found("or", "(name.eq.\"Cäsar 100%\",name.in.(Acme,x))")).containsExactly("Acme", "Cäsar 100%");
        assertThat(found("notes", "eq.a\\b")).containsExactly("Cäsar 100%");
    }

    private List<String> found(String... filters) {
        List<String> all = new ArrayList<>(List.of(filters));
        all.addAll(List.of("order", "name"));
        return names(all.toArray(String[]::new));
    }

    @Test
    void columnsAreSelectedAndRenamed() {
        inserted("{\"name\":\"Acme\",\"address\":{\"city\":\"Berlin\"},\"tags\":[\"a\",\"b\"]}");
        assertThat(ann.get(CUSTOMERS
                                + query(
                                        "select",
                                        "name,town:address->>city,address->country,zip:address->>postalCode,"
                                                + "second:tags->>1"))
                        .text())
                .isEqualTo("[{\"name\":\"Acme\",\"town\":\"Berlin\",\"country\":null,\"zip\":null,\"second\":\"b\"}]");
        assertThat(ann.get(
                                CUSTOMERS + query("select", "name,phone"),
                                "Accept",
                                "application/vnd.pgrst.array+json;nulls=stripped")
                        .text())
                .isEqualTo("[{\"name\":\"Acme\"}]");
        JsonNode row = ann.get(CUSTOMERS, "Accept", SINGLE).json();
        assertThat(row.propertyNames())
                .containsExactly(
                        "id",
                        "factory_id",
                        "version",
                        "name",
                        "contact_name",
                        "contact_title",
                        "email",
                        "phone",
                        "address",
                        "tags",
                        "notes",
                        "created_at",
                        "created_by",
                        "updated_at",
                        "updated_by");
    }

    @Test
    void rowsArePagedAndCounted() {
        StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < 7; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"name\":\"N").append(i).append("\"}");
        }
        assertThat(ann.post(CUSTOMERS, rows + "]").status()).isEqualTo(201);
        Reply page = ann.get(CUSTOMERS + "?order=name&limit=3&offset=3&select=name", "Prefer", "count=exact");
        assertThat(page.status()).isEqualTo(206);
        assertThat(page.header("Content-Range")).contains("3-5/7");
        assertThat(page.text()).isEqualTo("[{\"name\":\"N3\"},{\"name\":\"N4\"},{\"name\":\"N5\"}]");
        Reply range = ann.get(CUSTOMERS + "?order=name&select=name", "Range-Unit", "items", "Range", "5-9");
        assertThat(range.status()).isEqualTo(200);
        assertThat(range.header("Content-Range")).contains("5-6/*");
        assertThat(ann.get(CUSTOMERS, "Prefer", "count=exact").status()).isEqualTo(200);
        for (String guess : List.of("count=planned", "count=estimated")) {
            Reply counted = ann.get(CUSTOMERS + "?factory_id=neq.another", "Prefer", guess);
            assertThat(counted.header("Content-Range"))
                    .as("a guess would be made by the rows of all factories")
                    .contains("0-6/7");
        }
        Reply head = ann.send("HEAD", CUSTOMERS + "?limit=1", null, "Prefer", "count=exact");
        assertThat(head.status()).isEqualTo(206);
        assertThat(head.header("Content-Range")).contains("0-0/7");
        assertThat(ann.get(CUSTOMERS + "?limit=0").text()).isEqualTo("[]");
        isPostgrestError(ann.get(CUSTOMERS + "?offset=8", "Prefer", "count=exact"), 416, "PGRST103");
        isPostgrestError(ann.get(CUSTOMERS, "Range", "5-2"), 416, "PGRST103");
        isPostgrestError(ann.get(CUSTOMERS, "Accept", SINGLE), 406, "PGRST116");
        isPostgrestError(ann.get(CUSTOMERS + "?name=eq.none", "Accept", SINGLE), 406, "PGRST116");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select=name::text                | 0A000
            select=name,orders(id)           | PGRST200
            select=...orders(id)             | 0A000
            select=count()                   | PGRST123
            select=version.sum()             | PGRST123
            select=name,name                 | 0A000
            select=nome                      | 42703
            select=name,                     | PGRST100
            select=name-%3E%3Ex              | 0A000
            nome=eq.x                        | 42703
            name=x                           | PGRST100
            name=                            | PGRST100
            name=eq                          | PGRST100
            name=foo.x                       | PGRST100
            name=fts.x                       | 0A000
            name=match.x                     | 0A000
            name=like(any).%7Ba%7D           | 0A000
            name=cs.%7Ba%7D                  | 0A000
            name=is.true                     | 0A000
            name=is.maybe                    | PGRST100
            name=in.(a                       | PGRST100
            name=in.(%22a)                   | PGRST100
            name=like.a%5C                   | PGRST100
            tags=eq.a                        | 0A000
            tags=ov.%7Ba%7D                  | 0A000
            tags=cs.a                        | PGRST100
            address=eq.a                     | 0A000
            address-%3Ecity=eq.a             | 0A000
            name-%3E%3Ecity=eq.a             | 0A000
            version=eq.a                     | 22P02
            version=eq.99999999999999999999  | 22P02
            updated_at=gt.yesterday          | 22P02
            or=name.eq.x                     | PGRST100
            or=()                            | PGRST100
            or=(name.eq.x                    | PGRST100
            or=(not.name.eq.x)               | PGRST100
            orders.name=eq.x                 | 0A000
            order=nome                       | 42703
            order=name.up                    | PGRST100
            order=tags                       | 0A000
            order=name&order=name            | PGRST100
            limit=-1                         | PGRST100
            limit=x                          | PGRST100
            offset=9999999999                | PGRST100
            on_conflict=id                   | 0A000
            metahub_id=eq.main               | 42703
            """)
    void whatIsNotHereIsRefusedByName(String query, String code) {
        isPostgrestError(ann.get(CUSTOMERS + "?" + query), 400, code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PATCH  | &name=eq.Acme            | {"phone":"+2"}                      | 400 | 0A000
            PATCH  | &version=eq.1            | {"phone":"+2"}                      | 400 | 0A000
            PATCH  | &updated_at=eq.yesterday | {"phone":"+2"}                      | 400 | precondition-malformed
            PATCH  | &order=name              | {"phone":"+2"}                      | 400 | 0A000
            PATCH  | &limit=1                 | {"phone":"+2"}                      | 400 | 0A000
            PATCH  | &select=nome             | {"phone":"+2"}                      | 400 | 42703
            PATCH  | &on_conflict=id          | {"phone":"+2"}                      | 400 | 0A000
            PATCH  |                          | {"phone":"+2","fone":"+3"}          | 400 | PGRST204
            PATCH  |                          | {"phone":"+2","contactName":"Ann"}  | 400 | PGRST204
            PATCH  |                          | {"phone":2}                         | 422 | validation-failed
            PATCH  |                          | {"phone":"+2","version":2}          | 400 | precondition-mismatch
            PATCH  |                          | {"phone":"+2","version":"1"}        | 400 | precondition-malformed
            PATCH  |                          | {"phone":"+2","created_by":"eve"}   | 422 | read-only
            PATCH  |                          | {"phone":"+2","id":"1"}             | 422 | read-only
            PATCH  |                          | [{"phone":"+2"}]                    | 400 | malformed-body
            PATCH  |                          | {"phone":"+2"                       | 400 | malformed-body
            DELETE | &select=nome             |                                     | 400 | 42703
            DELETE |                          | {"version":2}                       | 400 | precondition-mismatch
            DELETE |                          | {"phone":"+2"}                      | 422 | validation-failed
            POST   |                          | {"name":"New"}                      | 400 | 0A000
            """)
    void aWriteThatIsRefusedChangesNothing(String method, String more, String body, int status, String code) {
        String id = inserted("{\"name\":\"Acme\"}");
        String path = CUSTOMERS + "?id=eq." + id + "&version=eq.1" + (more == null ? "" : more);
        isPostgrestError(ann.send(method, path, body), status, code);
        assertThat(ann.get("/api/customers/" + id + "/history")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(ann.get(CUSTOMERS).json().size()).isEqualTo(1);
    }

    @Test
    void anEditThatOverlapsNothingMergesWhereItAsksTo() {
        String id = inserted("{\"name\":\"Acme\"}");
        String first = CUSTOMERS + "?id=eq." + id + "&version=eq.1";
        assertThat(ann.patch(first, "{\"phone\":\"+2\"}").status()).isEqualTo(204);
        Reply merged = bob.patch(first, "{\"notes\":\"hello\"}", "Prefer", "merge=disjoint, return=minimal");
        assertThat(merged.status()).as(merged.text()).isEqualTo(204);
        assertThat(merged.header("Preference-Applied")).contains("return=minimal, merge=disjoint");
        assertThat(ann.get("/api/customers/" + id).json().path("phone").stringValue())
                .isEqualTo("+2");
    }

    @Test
    void aNewRowSaysWhereItIs() {
        Reply created = ann.post(CUSTOMERS, "{\"name\":\"Acme\"}", "Prefer", "return=headers-only");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).isEmpty();
        assertThat(created.header("ETag")).contains("\"1\"");
        Reply there = ann.get(created.header("Location").orElseThrow(), "Accept", SINGLE);
        assertThat(there.json().path("name").stringValue()).isEqualTo("Acme");
        assertThat(there.header("Cache-Control")).contains("private, no-cache");
    }

    @Test
    void rowsAreAnsweredOnlyIfTheyAreAskedFor() {
        for (String[] minimal : List.of(new String[] {"Accept", "*/*"}, new String[] {"Prefer", "return=minimal"})) {
            Reply created = ann.post(CUSTOMERS, "{\"name\":\"Acme\"}", minimal);
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.text()).isEmpty();
            String row = created.header("Location").orElseThrow();
            Reply changed = ann.patch(row + "&version=eq.1", "{\"phone\":\"+2\"}", minimal);
            assertThat(changed.status()).isEqualTo(204);
            assertThat(changed.text()).isEmpty();
            assertThat(changed.header("ETag")).contains("\"2\"");
            assertThat(ann.delete(row + "&version=eq.2", minimal).status()).isEqualTo(204);
        }
    }

    @Test
    void refusalsBeforeTheTableSpeakItsDialectToo() {
        isPostgrestError(ann.get("/rest/v1/suppliers"), 404, "PGRST205");
        isPostgrestError(ann.get("/rest/v1/rpc/add"), 404, "not-found");
        isPostgrestError(Caller.withToken(SharedNodes.first(), "none").get(CUSTOMERS), 401, "unauthenticated");
        isPostgrestError(
                Caller.withToken(SharedNodes.first(), SharedNodes.first().token("ann", "scopes", "records:read"))
                        .post(CUSTOMERS, "{\"name\":\"Acme\"}"),
                403,
                "insufficient-scope");
        isPostgrestError(ann.put(CUSTOMERS, "{\"name\":\"Acme\"}"), 400, "0A000");
        isPostgrestError(ann.get(CUSTOMERS, "Accept", "text/csv"), 406, "PGRST107");
        isPostgrestError(ann.get(CUSTOMERS, "Accept-Profile", "private"), 406, "PGRST106");
        isPostgrestError(ann.get(CUSTOMERS, "Prefer", "handling=strict, colour=blue"), 400, "PGRST122");
        assertThat(ann.get(CUSTOMERS, "Prefer", "handling=strict").header("Preference-Applied"))
                .contains("handling=strict");
        isPostgrestError(ann.post(CUSTOMERS, "3"), 400, "PGRST102");
        isPostgrestError(ann.post(CUSTOMERS, "{"), 400, "malformed-body");
        isPostgrestError(ann.post(CUSTOMERS, "[1]"), 400, "PGRST102");
        String id = inserted("{\"name\":\"Acme\"}");
        isPostgrestError(
                ann.delete(CUSTOMERS + "?id=eq." + id + "&version=eq.1", "Prefer", "handling=strict, max-affected=0"),
                400,
                "PGRST124");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=eq.%27%3B%20drop%20table%20unlost.customer%3B--",
                "address-%3E%3E%27%29%20or%20true--=eq.x",
                "%22name%27%20or%20%271%22=eq.x",
                "order=name%3Bdrop%20table%20x",
                "select=%22name%22%3B",
                "name=like.%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25a",
                "name=eq.%00",
                "name=eq.%FF",
                "or=((((((((((((((((((((((((((((((((((((((((((",
                "or=(and(and(and(and(and(and(and(and(and(and(and(and(name.eq.x)))))))))))))",
                "select=address-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea-%3Ea",
                "limit=999999999&offset=999999999",
                "version=in.(1,2,3,-9223372036854775808)",
                "&&&==&",
            })
    void hostileRequestsAreNoFailures(String query) {
        Reply reply = ann.get(CUSTOMERS + "?" + query);
        assertThat(reply.status()).as(reply.text()).isIn(200, 400);
        assertThat(reply.text()).doesNotContainIgnoringCase("sql");
    }

    @Test
    void elementsAreRowsOfAMetahub() {
        var records = RecordKind.ELEMENT.in(ann);
        String table = "/rest/v1/elements";
        String catalog = records.catalogId();
        Reply created = ann.post(
                table,
                "{\"catalog_id\":\"" + catalog + "\",\"codename\":\"one\",\"position\":3,"
                        + "\"data\":{\"phone\":\"+1\",\"notes\":\"x\"},\"name\":{\"en\":\"One\"}}",
                REPRESENTATION);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.json().path("id").stringValue();
        assertThat(created.json().path("metahub_id").stringValue()).isEqualTo("main");
        assertThat(created.json().path("position").longValue()).isEqualTo(3);

        Reply found = bob.get(
                table
                        + query(
                                "data->>phone", "eq.+1",
                                "catalog_id", "eq." + catalog.toUpperCase(Locale.ROOT),
                                "id", "eq." + id.toUpperCase(Locale.ROOT),
                                "name->>en", "like.O*",
                                "select", "id,phone:data->>phone,codename",
                                "order", "position.desc,data->>notes"),
                "Prefer",
                "count=exact");
        assertThat(found.text()).isEqualTo("[{\"id\":\"" + id + "\",\"phone\":\"+1\",\"codename\":\"one\"}]");
        assertThat(ann.get(table + query("metahub_id", "eq.other")).text()).isEqualTo("[]");
        assertThat(ann.get("/rest/v1/catalogs" + query("id", "eq." + catalog, "hubs", "cs.{}"))
                        .json()
                        .size())
                .isEqualTo(1);
        assertThat(ann.get("/rest/v1/attributes"
                                + query("searchable", "is.true", "required", "eq.false", "order", "codename"))
                        .json()
                        .size())
                .isEqualTo(2);
        assertThat(ann.get("/rest/v1/hubs?order=codename").text()).isEqualTo("[]");
        String hub = ann.post("/rest/v1/hubs", "{\"codename\":\"all\",\"name\":{\"en\":\"All\"}}", REPRESENTATION)
                .json()
                .path("id")
                .stringValue();
        assertThat(ann.patch("/rest/v1/catalogs?id=eq." + catalog, "{\"hubs\":[\"" + hub + "\"]}")
                        .status())
                .isEqualTo(204);
        String inHub = "cs.{" + hub.toUpperCase(Locale.ROOT) + "}";
        assertThat(ann.get("/rest/v1/catalogs" + query("hubs", inHub, "select", "id"))
                        .text())
                .isEqualTo("[{\"id\":\"" + catalog + "\"}]");
        isPostgrestError(ann.get("/rest/v1/hubs?id=like.*a"), 400, "0A000");

        Reply stale = bob.patch(table + query("id", "eq." + id, "version", "eq.2"), "{\"data\":{\"phone\":\"+2\"}}");
        isPostgrestError(stale, 409, "OPTIMISTIC_LOCK_CONFLICT");
        Reply changed = bob.patch(
                table + query("id", "eq." + id, "version", "eq.1", "select", "version,data"),
                "{\"data\":{\"phone\":\"+2\"}}",
                REPRESENTATION);
        assertThat(changed.text()).isEqualTo("{\"version\":2,\"data\":{\"notes\":\"x\",\"phone\":\"+2\"}}");
        // the metahub's setting: a version is optional; an id is not
        assertThat(ann.patch(table + "?id=eq." + id, "{\"data\":{\"phone\":\"+3\"}}")
                        .status())
                .isEqualTo(204);
        isPostgrestError(ann.patch(table, "{\"data\":{\"phone\":\"+3\"}}"), 428, "precondition-required");
        isPostgrestError(ann.get(table + query("or", "(metahub_id.eq.main,id.eq.x)")), 400, "0A000");
        assertThat(ann.delete(table + query("id", "eq." + id, "version", "eq.3"))
                        .status())
                .isEqualTo(204);
    }
}

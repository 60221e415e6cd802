package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.guarantees.Request.Response;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is sent, it is refused with a problem that says why and tells nothing else, and changes nothing. */
class BadInputsIT {

    private static final JsonMapper JSON = new JsonMapper();

    /** What an answer must not tell. */
    private static final List<String> INSIDES =
            List.of("exception", "org.", "select ", "dev.unlost", "java.", "jdbc", "stacktrace", "eyj");

    /** On one connection, as it is asked before and after every request. */
    private static final JdbcClient ADMIN = admin();

    private static final Map<RecordKind, Scene> SCENES =
            Stream.of(RecordKind.values()).collect(Collectors.toMap(kind -> kind, Scene::set));

    private static final Scene CUSTOMER = Objects.requireNonNull(SCENES.get(RecordKind.CUSTOMER));

    /**
     * A record at version 2.
     *
     * @param token of somebody who may do anything
     * @param times of version 1 and 2
     */
    record Scene(
            RecordKind kind,
            Records records,
            String factory,
            Caller caller,
            String token,
            Forge forge,
            String path,
            List<String> times,
            String pathInAnotherFactory) {

        private static Scene set(RecordKind kind) {
            String factory = "bad-" + UUID.randomUUID();
            Caller caller = Caller.of(SharedNodes.first(), "ann", factory);
            Caller bob = Caller.of(SharedNodes.first(), "bob", "other-" + factory);
            Records records = kind.in(caller);
            Reply first = caller.post(kind.path(), records.whole("+0"));
            String path = first.header("Location").orElseThrow();
            Reply second = caller.patch(path, records.first("+1"), "If-Match", "\"1\"");
            assertThat(second.version()).isEqualTo(2);
            return new Scene(
                    kind,
                    records,
                    factory,
                    caller,
                    caller.token(),
                    new Forge(SharedNodes.first().signingKey(), factory),
                    path,
                    List.of(
                            first.json().path(kind.updatedAtMember()).stringValue(),
                            second.json().path(kind.updatedAtMember()).stringValue()),
                    kind.in(bob).created(bob, "Bob's"));
        }

        String id() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String updatedAt(int version) {
            return times.get(version - 1);
        }

        /** @return the past's end, and the present */
        State state() {
            return ADMIN.sql("""
                            select (select max(global_index) from unlost.event) as last_event,
                                   (select string_agg(row.xmin::text || row::text, ' ' order by row.id)
                                      from unlost.%s row where factory_id = ?) as records""".formatted(kind.tables().getFirst()))
                    .param(factory)
                    .query(State.class)
                    .single();
        }

        @Override
        public String toString() {
            return kind.type();
        }
    }

    record State(long lastEvent, String records) {}

    private static JdbcClient admin() {
        try {
            return JdbcClient.create(
                    new SingleConnectionDataSource(SharedNodes.database().connectAsAdmin(), true));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> badInputs() {
        return SCENES.values().stream().flatMap(scene -> BadInputs.of(scene).map(input -> Arguments.of(scene, input)));
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void isRefusedAndChangesNothing(Scene scene, BadInput input) {
        State before = scene.state();

        Response answer = input.request().send(SharedNodes.first().uri("/"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(input.status());
        assertThat(answer.header("Content-Type")).as(answer.toString()).hasValue("application/problem+json");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.header("X-Request-Id")).isPresent();
        input.headers()
                .forEach(header -> assertThat(answer.header(header)).as(header).isPresent());
        JsonNode problem = answer.json();
        assertThat(problem.path("type").stringValue()).isEqualTo("/problems/" + input.slug());
        assertThat(problem.path("code").stringValue()).isEqualTo(input.slug());
        assertThat(problem.path("status").intValue()).isEqualTo(input.status());
        assertThat(problem.path("title").stringValue()).isNotBlank();
        assertThat(problem.path("detail").stringValue()).isNotBlank();
        if (input.status() == 422) {
            assertThat(problem.path("errors"))
                    .as(answer.text())
                    .anyMatch(error -> error.path("field").stringValue().equals(input.field())
                            && error.path("code").stringValue().equals(input.fieldCode())
                            && !error.path("message").stringValue().isBlank());
        } else {
            assertThat(problem.has("errors")).isFalse();
        }
        assertThat(problem.has("conflict")).as("tells of the record").isFalse();
        assertThat((answer.headers() + answer.text()).toLowerCase(Locale.ROOT)).doesNotContain(INSIDES);
        assertThat(scene.state()).isEqualTo(before);
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(badInputs().count()).isGreaterThanOrEqualTo(120);
    }

    /** Proves that the requests above are refused for what is wrong with them, and not for what they share. */
    @Test
    void aForgedTokenThatIsRightInEverythingIsWelcome() {
        Request read = Request.of("GET", CUSTOMER.path());
        assertThat(read.token(CUSTOMER.forge().good())
                        .send(SharedNodes.first().uri("/"))
                        .status())
                .isEqualTo(200);
        assertThat(read.token(CUSTOMER.forge().with("aud", List.of("other", "unlost")))
                        .send(SharedNodes.first().uri("/"))
                        .status())
                .isEqualTo(200);
        assertThat(read.token(CUSTOMER.forge().with("factory_id", "another"))
                        .send(SharedNodes.first().uri("/"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everyTextIsKeptAtItsLongest() {
        Caller ann = Caller.of(SharedNodes.first(), "ann", "limits-" + UUID.randomUUID());
        String path = ann.created("{\"name\":\"Acme\"}");
        long version = 1;
        for (Map.Entry<String, Integer> text : BadInputs.TEXTS.entrySet()) {
            int limit = text.getValue();
            String longest = text.getKey().equals("email") ? "a@" + "😀".repeat(limit - 2) : "😀".repeat(limit);
            Reply reply = ann.patch(
                    path, BadInputs.member(text.getKey(), "\"" + longest + "\""), "If-Match", "\"" + version + "\"");
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(value(ann.get(path).json(), text.getKey())).isEqualTo(longest);
            version++;
        }
    }

    @Test
    void aBodyAtItsDeepestAndLargestIsRead() {
        Request patch =
                Request.of("PATCH", CUSTOMER.path()).token(CUSTOMER.token()).header("If-Match", "\"2\"");
        Response deep = patch.json("{\"nick\":" + "[".repeat(49) + "]".repeat(49) + "}")
                .send(SharedNodes.first().uri("/"));
        assertThat(deep.status()).as(deep.text()).isEqualTo(422);
        String largest = "{\"nick\":\"" + "a".repeat(1024 * 1024 - 11) + "\"}";
        assertThat(largest).hasSize(1024 * 1024);
        Response large = patch.json(largest).send(SharedNodes.first().uri("/"));
        assertThat(large.status()).as(large.text()).isEqualTo(422);
        Response chunked =
                patch.json(largest).chunked().send(SharedNodes.first().uri("/"));
        assertThat(chunked.status()).as(chunked.text()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table unlost.event; --",
                "' or '1'='1",
                "\" or \"\"=\"",
                "1); delete from unlost.customer; --",
                "$$; select pg_sleep(10); $$",
                "\\'; select 1; --",
                "%' or 1=1 --",
                "%",
                "_",
                "100%_",
                "? ?1 :name ${name} #{name} {0}",
                "${jndi:ldap://localhost/a}",
                "#{T(java.lang.Runtime).getRuntime()}",
                "\",\"version\":99,\"x\":\"",
                "\"}],\"items\":[{\"",
                "{\"$gt\":\"\"}",
                "\\u0000",
                "\\",
                "null",
                "__proto__",
                "<script>alert(1)</script>",
                "{{7*7}}",
                "../../etc/passwd",
                "NULL",
                "\u202Eevil",
                "e\u0301 ﬁ ß İ ı",
                "\uFEFFx",
                "\uFFFF\uDBFF\uDFFF"
            })
    void textThatLooksLikeSomethingElseIsKeptAndFoundAsItIs(String text) {
        String factory = "injected-" + UUID.randomUUID();
        Caller ann = Caller.of(SharedNodes.first(), "ann", factory);
        String bystander = ann.created("{\"name\":\"bystander\",\"email\":\"b@example.com\",\"tags\":[\"b\"]}");
        String untouched = ann.get(bystander).text();
        String email = text.replaceAll("[\\s@]", "") + "@example.com";
        ObjectNode customer = JSON.createObjectNode();
        for (String field : List.of("name", "contactName", "contactTitle", "phone", "notes")) {
            customer.put(field, text);
        }
        customer.put("email", email);
        ObjectNode address = customer.putObject("address");
        for (String field : List.of("street", "city", "region")) {
            address.put(field, text);
        }
        customer.putArray("tags").add(text);

        String path = ann.created(customer.toString());
        Reply changed = ann.patch(
                path, JSON.createObjectNode().put("notes", text + text).toString(), "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);

        JsonNode kept = ann.get(path).json();
        for (String field : List.of("name", "contactName", "contactTitle", "phone")) {
            assertThat(kept.path(field).stringValue()).isEqualTo(text);
        }
        for (String field : List.of("street", "city", "region")) {
            assertThat(kept.path("address").path(field).stringValue()).isEqualTo(text);
        }
        assertThat(kept.path("email").stringValue()).isEqualTo(email);
        assertThat(kept.path("notes").stringValue()).isEqualTo(text + text);
        assertThat(kept.path("tags").path(0).stringValue()).isEqualTo(text);
        assertThat(kept.path("version").longValue()).isEqualTo(2);
        for (String query : List.of("name=" + encoded(text), "tag=" + encoded(text), "email=" + encoded(email))) {
            for (String sort : List.of("name", "-updatedAt")) {
                Reply list = ann.get("/api/customers?sort=" + sort + "&" + query);
                assertThat(list.status()).as(list.text()).isEqualTo(200);
                assertThat(list.json().path("items"))
                        .extracting(item -> item.path("id").stringValue())
                        .as(query)
                        .containsExactly(path.substring(path.lastIndexOf('/') + 1));
            }
        }
        assertThat(ann.get(bystander).text()).isEqualTo(untouched);
    }

    private static String value(JsonNode customer, String name) {
        JsonNode node = name.startsWith("address.")
                ? customer.path("address").path(name.substring("address.".length()))
                : name.equals("tags[0]") ? customer.path("tags").path(0) : customer.path(name);
        return node.stringValue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

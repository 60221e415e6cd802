package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** An earlier version's contents are brought back, as a new version. */
class RestoreIT {

    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private String path = "unset";
    private JsonNode first = MissingNode.getInstance();

    @BeforeEach
    void aCustomerAtVersionThree() {
        String factory = "restore-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        path = ann.created("{\"name\":\"Acme\",\"phone\":\"+1\",\"tags\":[\"old\"],\"address\":{\"city\":\"Bonn\"}}");
        first = ann.get(path).json();
        ann.patch(path, "{\"phone\":\"+2\",\"tags\":[\"new\"],\"address\":null}", "If-Match", "\"1\"");
        assertThat(ann.patch(path, "{\"name\":\"Other\",\"notes\":\"n\"}", "If-Match", "\"2\"")
                        .version())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "version", "expectedVersion", "updatedAt", "any"})
    void itTakesEveryWayOfSayingWhichVersionWasEdited(String carrier) {
        String updatedAt = ann.get(path).json().path("updatedAt").stringValue();
        Reply restored =
                switch (carrier) {
                    case "header" -> bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"3\"");
                    case "any" -> bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "*");
                    case "updatedAt" ->
                        bob.post(path + "/restore", "{\"toVersion\":1,\"updatedAt\":\"" + updatedAt + "\"}");
                    default -> bob.post(path + "/restore", "{\"toVersion\":1,\"" + carrier + "\":3}");
                };
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(restored.version()).isEqualTo(4);
        assertThat(restored.header("ETag")).contains("\"4\"");
        assertThat(contents(restored.json())).isEqualTo(contents(first));
        assertThat(restored.json().path("updatedBy").stringValue()).isEqualTo("bob");
        assertThat(ann.get(path).text()).isEqualTo(restored.text());
        assertThat(ids("?tag=old")).hasSize(1);
        assertThat(ids("?tag=new")).isEmpty();
    }

    @Test
    void aDeletedRecordComesBackWithItsTagsAndIsFoundAgain() {
        assertThat(ann.delete(path, "If-Match", "\"3\"").status()).isEqualTo(204);
        assertThat(ids("")).isEmpty();
        assertThat(bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"3\"")
                        .status())
                .isEqualTo(409);

        Reply restored = bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"4\"");
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(restored.version()).isEqualTo(5);
        assertThat(contents(restored.json())).isEqualTo(contents(first));
        assertThat(ann.get(path).text()).isEqualTo(restored.text());
        assertThat(ids("?tag=old")).hasSize(1);
        assertThat(ann.patch(path, "{\"phone\":\"+9\"}", "If-Match", "\"5\"").version())
                .isEqualTo(6);
        assertThat(new Operator(SharedNodes.first()).verify("customer")).isZero();
    }

    @Test
    void nothingElseIsTakenByADeletedRecord() {
        ann.delete(path, "If-Match", "\"3\"");
        for (Reply reply : List.of(
                ann.patch(path, "{\"phone\":\"+9\"}", "If-Match", "*"),
                ann.put(path, "{\"name\":\"n\"}", "If-Match", "\"4\""),
                ann.put(path, "{\"name\":\"n\"}", "If-None-Match", "*"),
                ann.delete(path, "If-Match", "*"))) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().path("conflict").path("reason").stringValue())
                    .isEqualTo("deleted");
        }
    }

    @Test
    void theContentsThereAreAlreadyMakeNoVersion() {
        Reply nothing = ann.post(path + "/restore", "{\"toVersion\":3}", "If-Match", "\"3\"");
        assertThat(nothing.status()).isEqualTo(200);
        assertThat(nothing.version()).isEqualTo(3);
    }

    @Test
    void aStaleOneIsAConflictThatTellsWhatItWouldChange() {
        Reply refused = bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"2\"");
        assertThat(refused.status()).isEqualTo(409);
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("reason").stringValue()).isEqualTo("stale");
        assertThat(conflict.path("changes"))
                .extracting(change -> change.path("field").stringValue())
                .containsExactly("name", "phone", "address", "tags", "notes");
        assertThat(conflict.path("changes").path(1).path("yours").stringValue()).isEqualTo("+1");
        assertThat(conflict.path("changes").path(0).has("yours")).isFalse();
    }

    @Test
    void aVersionThatTheRecordNeverHadIsRefused() {
        Reply refused = ann.post(path + "/restore", "{\"toVersion\":4}", "If-Match", "\"3\"");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").path(0).path("field").stringValue())
                .isEqualTo("toVersion");
        assertThat(ann.post(path + "/restore", "{\"toVersion\":4}", "If-Match", "\"1\"")
                        .status())
                .as("a conflict is told first")
                .isEqualTo(409);
        assertThat(ann.post(path + "/restore", "{\"toVersion\":1}").status()).isEqualTo(428);
    }

    @Test
    void oneOfManyBringsADeletedRecordBack() {
        ann.delete(path, "If-Match", "\"3\"");
        List<Reply> replies = Together.run(
                8,
                thread -> (thread % 2 == 0 ? ann : bob)
                        .post(path + "/restore", "{\"toVersion\":" + (thread % 3 + 1) + "}", "If-Match", "\"4\""));
        assertThat(replies).extracting(Reply::status).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(ann.get(path).version()).isEqualTo(5);
    }

    private List<String> ids(String query) {
        return ann.get("/api/customers" + query)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").stringValue())
                .toList();
    }

    private static JsonNode contents(JsonNode record) {
        return ((ObjectNode) record.deepCopy()).without(List.of("version", "updatedAt", "updatedBy"));
    }
}

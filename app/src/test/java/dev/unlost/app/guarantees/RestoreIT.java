package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** An earlier version's contents are brought back, as a new version. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class RestoreIT {

    private final RecordKind kind;
    private Records records;
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private String path = "unset";
    private JsonNode first = MissingNode.getInstance();

    RestoreIT(RecordKind kind) {
        this.kind = kind;
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void aRecordAtVersionThree() {
        String factory = "restore-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        records = kind.in(ann);
        path = records.postedBy(ann, records.whole("+1", "old"));
        first = ann.get(path).json();
        ann.patch(path, records.handle("new"), "If-Match", "\"1\"");
        assertThat(ann.patch(path, records.both("+2", "n"), "If-Match", "\"2\"").version())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "version", "expectedVersion", "updatedAt", "any", "none"})
    void itTakesEveryWayOfSayingWhichVersionWasEdited(String carrier) {
        String updatedAt = ann.get(path).json().path(kind.updatedAtMember()).stringValue();
        Reply restored =
                switch (carrier) {
                    case "header" -> bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"3\"");
                    case "any" -> bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "*");
                    case "updatedAt" ->
                        bob.post(
                                path + "/restore",
                                "{\"toVersion\":1,\"" + kind.updatedAtMember() + "\":\"" + updatedAt + "\"}");
                    case "version" ->
                        bob.post(path + "/restore", "{\"toVersion\":1,\"" + kind.versionMember() + "\":3}");
                    case "none" -> bob.post(path + "/restore", "{\"toVersion\":1}");
                    default -> bob.post(path + "/restore", "{\"toVersion\":1,\"" + carrier + "\":3}");
                };
        if (carrier.equals("none") && kind.requiresVersion()) {
            assertThat(restored.status()).isEqualTo(428);
            return;
        }
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(restored.version()).isEqualTo(4);
        assertThat(restored.header("ETag")).contains("\"4\"");
        assertThat(contents(restored.json())).isEqualTo(contents(first));
        assertThat(restored.json().path(kind.member("updatedBy")).stringValue()).isEqualTo("bob");
        assertThat(ann.get(path).text()).isEqualTo(restored.text());
        assertThat(records.foundBy(ann, "old")).hasSize(1);
        assertThat(records.foundBy(ann, "new")).isEmpty();
    }

    @Test
    void aDeletedRecordComesBackAndIsFoundAgain() {
        assertThat(ann.delete(path, "If-Match", "\"3\"").status()).isEqualTo(204);
        assertThat(records.ids(ann, "")).isEmpty();
        assertThat(bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"3\"")
                        .status())
                .isEqualTo(409);

        Reply restored = bob.post(path + "/restore", "{\"toVersion\":1}", "If-Match", "\"4\"");
        assertThat(restored.status()).as(restored.text()).isEqualTo(200);
        assertThat(restored.version()).isEqualTo(5);
        assertThat(contents(restored.json())).isEqualTo(contents(first));
        assertThat(ann.get(path).text()).isEqualTo(restored.text());
        assertThat(records.foundBy(ann, "old")).hasSize(1);
        assertThat(ann.patch(path, records.first("+9"), "If-Match", "\"5\"").version())
                .isEqualTo(6);
        assertThat(new Operator(SharedNodes.first()).verify(kind.type())).isZero();
    }

    @Test
    void nothingElseIsTakenByADeletedRecord() {
        ann.delete(path, "If-Match", "\"3\"");
        for (Reply reply : List.of(
                ann.patch(path, records.first("+9"), "If-Match", "*"),
                ann.put(path, records.whole("n"), "If-Match", "\"4\""),
                ann.put(path, records.whole("n"), "If-None-Match", "*"),
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
                .containsExactlyInAnyOrder(kind.firstField(), kind.secondField(), records.handleField());
        for (JsonNode change : conflict.path("changes")) {
            if (change.path("field").stringValue().equals(kind.firstField())) {
                assertThat(kind.text(change.path("theirs"))).isEqualTo("+2");
            }
            if (change.path("field").stringValue().equals(records.handleField())) {
                assertThat(change.path("yours").toString()).contains("old");
            } else {
                assertThat(change.has("yours"))
                        .as("it was at version 2 what it would be set to")
                        .isFalse();
            }
        }
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

    private JsonNode contents(JsonNode record) {
        return ((ObjectNode) record.deepCopy())
                .without(List.of(kind.versionMember(), kind.updatedAtMember(), kind.member("updatedBy")));
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two people have the same record open, and both save. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class MergeIT {

    private static final String[] MERGING = {"If-Match", "\"1\"", "Prefer", "merge=disjoint"};
    private static final String[] NOT_MERGING = {"If-Match", "\"1\""};

    private final RecordKind kind;
    private Records records;
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private String path = "unset";

    MergeIT(RecordKind kind) {
        this.kind = kind;
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void bothHaveItOpen() {
        String factory = "merge-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        records = kind.in(ann);
        path = records.created(ann, "+1");
        assertThat(ann.patch(path, records.first("+2"), NOT_MERGING).version()).isEqualTo(2);
    }

    @Test
    void anotherFieldMergesWhenAsked() {
        Reply merged = bob.patch(path, records.second("mine"), MERGING);
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(merged.version()).isEqualTo(3);
        assertThat(merged.header("ETag")).contains("\"3\"");
        assertThat(merged.header("Preference-Applied")).contains("merge=disjoint");
        assertThat(records.first(merged.json())).isEqualTo("+2");
        assertThat(records.second(merged.json())).isEqualTo("mine");
        assertThat(ann.get(path).text()).isEqualTo(merged.text());
    }

    @Test
    void anotherFieldIsAConflictWhenNotAsked() {
        Reply refused = bob.patch(path, records.second("mine"), NOT_MERGING);
        assertThat(refused.status()).isEqualTo(409);
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("mergeable").booleanValue()).isTrue();
        assertThat(conflict.path("overlappingFields")).isEmpty();
        assertThat(change(conflict, kind.secondField())).isEqualTo("- - mine false");
        assertThat(change(conflict, kind.firstField())).isEqualTo("+1 +2 - false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameFieldIsAConflictEitherWay(boolean merging) {
        Reply refused = bob.patch(path, records.both("+3", "n"), merging ? MERGING : NOT_MERGING);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.header("Preference-Applied")).isEmpty();
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("reason").stringValue()).isEqualTo("stale");
        assertThat(conflict.path("mergeable").booleanValue()).isFalse();
        assertThat(conflict.path("overlappingFields"))
                .extracting(JsonNode::stringValue)
                .containsExactly(kind.firstField());
        assertThat(change(conflict, kind.firstField())).isEqualTo("+1 +2 +3 true");
        JsonNode first = conflict.path("changes").path(0);
        assertThat(first.path("version").longValue()).isEqualTo(2);
        assertThat(first.path("changedBy").stringValue()).isEqualTo("ann");
        assertThat(ann.get(path).version()).isEqualTo(2);
    }

    @Test
    void whoIsNotStaleIsNotMerged() {
        Reply usual = bob.patch(path, records.first("+3"), "If-Match", "\"2\"", "Prefer", "merge=disjoint");
        assertThat(usual.status()).isEqualTo(200);
        assertThat(usual.header("Preference-Applied")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PUT, ''", "DELETE, ''", "POST, /restore"})
    void onlyAPatchIsMerged(String method, String below) {
        String body = method.equals("POST") ? "{\"toVersion\":1}" : method.equals("PUT") ? records.whole("+1") : null;
        Reply refused = bob.send(method, path + below, body, MERGING);
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.header("Preference-Applied")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge=disjoint",
                "Merge=Disjoint",
                "merge = \"disjoint\"",
                "respond-async, merge=disjoint; x=y",
                "wait=10,merge=disjoint"
            })
    void aPreferenceIsUnderstoodInEveryForm(String preference) {
        Reply merged = bob.patch(path, records.second("mine"), "If-Match", "\"1\"", "Prefer", preference);
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "merge=all", "x=\"a, merge=disjoint\"", "merge=disjointed", "return=minimal"})
    void anotherPreferenceIsIgnored(String preference) {
        Reply refused = bob.patch(path, records.second("mine"), "If-Match", "\"1\"", "Prefer", preference);
        assertThat(refused.status()).isEqualTo(409);
    }

    /** Each has a field of their own, and all are based on the first version. */
    @Test
    void manyWritersOfDifferentFieldsAllMergeWithoutARetryOfTheirOwn() {
        String shared = records.created(ann, "+1");
        List<String> bodies = records.patchesOfDifferentFields();
        List<Reply> replies = Together.run(
                bodies.size(), thread -> (thread % 2 == 0 ? ann : bob).patch(shared, bodies.get(thread), MERGING));
        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(replies).extracting(Reply::version).doesNotHaveDuplicates();
        assertThat(ann.get(shared).version()).isEqualTo(1 + bodies.size());
        for (String body : bodies) {
            assertThat(ann.patch(shared, body, "If-Match", "*").version())
                    .as("it is there, so that it changes nothing: " + body)
                    .isEqualTo(1 + bodies.size());
        }
    }

    private String change(JsonNode conflict, String field) {
        for (JsonNode change : conflict.path("changes")) {
            if (change.path("field").stringValue().equals(field)) {
                return "%s %s %s %s"
                        .formatted(
                                text(change.path("base")),
                                text(change.path("theirs")),
                                text(change.path("yours")),
                                change.path("overlaps").booleanValue());
            }
        }
        return "none";
    }

    private String text(JsonNode value) {
        String text = kind.text(value);
        return text.isEmpty() ? "-" : text;
    }
}

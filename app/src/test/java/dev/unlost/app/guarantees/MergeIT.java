package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two people have the same record open, and both save. */
class MergeIT {

    private static final String[] MERGING = {"If-Match", "\"1\"", "Prefer", "merge=disjoint"};
    private static final String[] NOT_MERGING = {"If-Match", "\"1\""};

    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private String path = "unset";

    @BeforeEach
    void bothHaveItOpen() {
        String factory = "merge-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        path = ann.created("{\"name\":\"Acme\",\"phone\":\"+1\",\"email\":\"a@example.com\"}");
        assertThat(ann.patch(path, "{\"phone\":\"+2\"}", NOT_MERGING).version()).isEqualTo(2);
    }

    @Test
    void anotherFieldMergesWhenAsked() {
        Reply merged = bob.patch(path, "{\"email\":\"b@example.com\"}", MERGING);
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(merged.version()).isEqualTo(3);
        assertThat(merged.header("ETag")).contains("\"3\"");
        assertThat(merged.header("Preference-Applied")).contains("merge=disjoint");
        assertThat(merged.json().path("phone").stringValue()).isEqualTo("+2");
        assertThat(merged.json().path("email").stringValue()).isEqualTo("b@example.com");
        assertThat(ann.get(path).text()).isEqualTo(merged.text());
    }

    @Test
    void anotherFieldIsAConflictWhenNotAsked() {
        Reply refused = bob.patch(path, "{\"email\":\"b@example.com\"}", NOT_MERGING);
        assertThat(refused.status()).isEqualTo(409);
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("mergeable").booleanValue()).isTrue();
        assertThat(conflict.path("overlappingFields")).isEmpty();
        assertThat(change(conflict, "email")).isEqualTo("a@example.com a@example.com b@example.com false");
        assertThat(change(conflict, "phone")).isEqualTo("+1 +2 - false");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameFieldIsAConflictEitherWay(boolean merging) {
        Reply refused = bob.patch(path, "{\"phone\":\"+3\",\"notes\":\"n\"}", merging ? MERGING : NOT_MERGING);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.header("Preference-Applied")).isEmpty();
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("reason").stringValue()).isEqualTo("stale");
        assertThat(conflict.path("mergeable").booleanValue()).isFalse();
        assertThat(conflict.path("overlappingFields"))
                .extracting(JsonNode::stringValue)
                .containsExactly("phone");
        assertThat(change(conflict, "phone")).isEqualTo("+1 +2 +3 true");
        JsonNode phone = conflict.path("changes").path(0);
        assertThat(phone.path("version").longValue()).isEqualTo(2);
        assertThat(phone.path("changedBy").stringValue()).isEqualTo("ann");
        assertThat(ann.get(path).version()).isEqualTo(2);
    }

    @Test
    void whoIsNotStaleIsNotMerged() {
        Reply usual = bob.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", "Prefer", "merge=disjoint");
        assertThat(usual.status()).isEqualTo(200);
        assertThat(usual.header("Preference-Applied")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PUT, ''", "DELETE, ''", "POST, /restore"})
    void onlyAPatchIsMerged(String method, String below) {
        String body = method.equals("POST")
                ? "{\"toVersion\":1}"
                : method.equals("PUT") ? "{\"name\":\"Acme\",\"phone\":\"+1\",\"email\":\"b@example.com\"}" : null;
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
        Reply merged = bob.patch(path, "{\"email\":\"b@example.com\"}", "If-Match", "\"1\"", "Prefer", preference);
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "merge=all", "x=\"a, merge=disjoint\"", "merge=disjointed", "return=minimal"})
    void anotherPreferenceIsIgnored(String preference) {
        Reply refused = bob.patch(path, "{\"email\":\"b@example.com\"}", "If-Match", "\"1\"", "Prefer", preference);
        assertThat(refused.status()).isEqualTo(409);
    }

    /** Each has a field of their own, and all are based on the first version. */
    @Test
    void manyWritersOfDifferentFieldsAllMergeWithoutARetryOfTheirOwn() {
        String shared = ann.created("{\"name\":\"Acme\"}");
        List<String> bodies = List.of(
                "{\"phone\":\"+9\"}",
                "{\"email\":\"c@example.com\"}",
                "{\"notes\":\"n\"}",
                "{\"tags\":[\"t\"]}",
                "{\"contactName\":\"c\"}",
                "{\"contactTitle\":\"t\"}",
                "{\"address\":{\"city\":\"Bonn\"}}",
                "{\"name\":\"Other\"}");
        List<Reply> replies = Together.run(
                bodies.size(), thread -> (thread % 2 == 0 ? ann : bob).patch(shared, bodies.get(thread), MERGING));
        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(replies).extracting(Reply::version).doesNotHaveDuplicates();
        JsonNode end = ann.get(shared).json();
        assertThat(end.path("version").longValue()).isEqualTo(9);
        assertThat(end.path("phone").stringValue()).isEqualTo("+9");
        assertThat(end.path("contactTitle").stringValue()).isEqualTo("t");
        assertThat(end.path("name").stringValue()).isEqualTo("Other");
    }

    private static String change(JsonNode conflict, String field) {
        for (JsonNode change : conflict.path("changes")) {
            if (change.path("field").stringValue().equals(field)) {
                return "%s %s %s %s"
                        .formatted(
                                change.path("base").asString("-"),
                                change.path("theirs").asString("-"),
                                change.path("yours").asString("-"),
                                change.path("overlaps").booleanValue());
            }
        }
        return "none";
    }
}

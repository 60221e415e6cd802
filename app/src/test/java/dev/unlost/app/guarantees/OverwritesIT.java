package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was applied over somebody's change says so, for ever. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class OverwritesIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final RecordKind kind;
    private Records records;
    private String factory = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private String path = "unset";

    OverwritesIT(RecordKind kind) {
        this.kind = kind;
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void annHasChangedTheFirstField() {
        factory = "overwrites-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        records = kind.in(ann);
        path = records.created(ann, "+1");
        ann.patch(path, records.first("+2"), "If-Match", "\"1\"");
    }

    @Test
    void anEditSentAgainAfterAConflictTellsWhatItOverwrote() {
        assertThat(bob.patch(path, records.first("+3"), "If-Match", "\"1\"").status())
                .isEqualTo(409);
        Reply again = bob.patch(path, records.first("+3"), "If-Match", "\"2\"", "Edited-Version", "\"1\"");
        assertThat(again.version()).as(again.text()).isEqualTo(3);
        assertThat(appliedOver(3))
                .isEqualTo(JSON.readTree("{\"from\":2,\"to\":2,\"overwritten\":[{\"field\":\"" + kind.firstField()
                        + "\",\"version\":2,\"by\":\"ann\"}]}"));
    }

    @Test
    void anUnconditionalEditTellsWhatItOverwrote() {
        assertThat(bob.patch(path, records.first("+3"), "If-Match", "*").version())
                .isEqualTo(3);
        assertThat(appliedOver(3).path("overwritten").path(0).path("by").stringValue())
                .isEqualTo("ann");
        assertThat(bob.patch(path, records.first("+4"), "If-Match", "*").version())
                .isEqualTo(4);
        assertThat(appliedOver(4).isNull()).as("one's own last change was seen").isTrue();
        ann.patch(path, records.second("n"), "If-Match", "\"4\"");
        bob.patch(path, records.first("+5"), "If-Match", "*");
        assertThat(appliedOver(6)).isEqualTo(JSON.readTree("{\"from\":5,\"to\":5}"));
    }

    @Test
    void aMergeTellsWhatItWasMergedOver() {
        bob.patch(path, records.second("n"), "If-Match", "\"1\"", "Prefer", "merge=disjoint");
        assertThat(appliedOver(3)).isEqualTo(JSON.readTree("{\"from\":2,\"to\":2,\"merged\":true}"));
    }

    @Test
    void anUsualEditOverwritesNobody() {
        bob.patch(path, records.first("+3"), "If-Match", "\"2\"");
        assertThat(appliedOver(3).isNull()).isTrue();
    }

    @Test
    void theVersionThatWasEditedMustMakeSense() {
        String body = records.first("+3");
        assertThat(bob.patch(path, body, "If-Match", "\"2\"", "Edited-Version", "\"3\"")
                        .status())
                .isEqualTo(400);
        assertThat(bob.patch(path, body, "If-Match", "\"2\"", "Edited-Version", "*")
                        .status())
                .isEqualTo(400);
        Reply ahead = bob.patch(path, body, "If-Match", "*", "Edited-Version", "\"3\"");
        assertThat(ahead.status()).isEqualTo(409);
        assertThat(ahead.json().path("conflict").path("reason").stringValue()).isEqualTo("ahead");
    }

    @Test
    void theVersionThatWasEditedIsNotTheOneThatIsExpected() {
        Reply reply = bob.patch(path, records.first("+3"), "Edited-Version", "\"1\"");
        if (kind.requiresVersion()) {
            assertThat(reply.status()).isEqualTo(428);
        } else {
            assertThat(reply.version()).as(reply.text()).isEqualTo(3);
            assertThat(appliedOver(3).path("overwritten").path(0).path("by").stringValue())
                    .isEqualTo("ann");
        }
    }

    private JsonNode appliedOver(long version) {
        return JSON.readTree(SharedNodes.database()
                .asAdmin()
                .sql("""
                        select coalesce(metadata->'appliedOver', 'null')::text from unlost.event
                        where factory_id = ? and aggregate_id = ? and sequence_number = ?""")
                .params(factory, kind.storedId(path), version - 1)
                .query(String.class)
                .single());
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was applied over somebody's change says so, for ever. */
class OverwritesIT {

    private String factory = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;
    private String path = "unset";

    @BeforeEach
    void annHasChangedThePhone() {
        factory = "overwrites-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        path = ann.created("{\"name\":\"Acme\",\"phone\":\"+1\"}");
        ann.patch(path, "{\"phone\":\"+2\"}", "If-Match", "\"1\"");
    }

    @Test
    void anEditSentAgainAfterAConflictTellsWhatItOverwrote() throws SQLException {
        assertThat(bob.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"1\"").status())
                .isEqualTo(409);
        Reply again = bob.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"", "Edited-Version", "\"1\"");
        assertThat(again.version()).as(again.text()).isEqualTo(3);
        assertThat(appliedOver(3))
                .isEqualTo(
                        new JsonMapper()
                                .readTree(
                                        "{\"from\":2,\"to\":2,\"overwritten\":[{\"field\":\"phone\",\"version\":2,\"by\":\"ann\"}]}"));
    }

    @Test
    void anUnconditionalEditTellsWhatItOverwrote() throws SQLException {
        assertThat(bob.patch(path, "{\"phone\":\"+3\"}", "If-Match", "*").version())
                .isEqualTo(3);
        assertThat(appliedOver(3).path("overwritten").path(0).path("by").stringValue())
                .isEqualTo("ann");
        assertThat(bob.patch(path, "{\"phone\":\"+4\"}", "If-Match", "*").version())
                .isEqualTo(4);
        assertThat(appliedOver(4).isNull()).as("one's own last change was seen").isTrue();
        ann.patch(path, "{\"notes\":\"n\"}", "If-Match", "\"4\"");
        bob.patch(path, "{\"phone\":\"+5\"}", "If-Match", "*");
        assertThat(appliedOver(6)).isEqualTo(new JsonMapper().readTree("{\"from\":5,\"to\":5}"));
    }

    @Test
    void aMergeTellsWhatItWasMergedOver() throws SQLException {
        bob.patch(path, "{\"notes\":\"n\"}", "If-Match", "\"1\"", "Prefer", "merge=disjoint");
        assertThat(appliedOver(3)).isEqualTo(new JsonMapper().readTree("{\"from\":2,\"to\":2,\"merged\":true}"));
    }

    @Test
    void anUsualEditOverwritesNobody() throws SQLException {
        bob.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"");
        assertThat(appliedOver(3).isNull()).isTrue();
    }

    @Test
    void theVersionThatWasEditedMustMakeSense() {
        String body = "{\"phone\":\"+3\"}";
        assertThat(bob.patch(path, body, "If-Match", "\"2\"", "Edited-Version", "\"3\"")
                        .status())
                .isEqualTo(400);
        assertThat(bob.patch(path, body, "If-Match", "\"2\"", "Edited-Version", "*")
                        .status())
                .isEqualTo(400);
        assertThat(bob.patch(path, body, "Edited-Version", "\"1\"").status()).isEqualTo(428);
        Reply ahead = bob.patch(path, body, "If-Match", "*", "Edited-Version", "\"3\"");
        assertThat(ahead.status()).isEqualTo(409);
        assertThat(ahead.json().path("conflict").path("reason").stringValue()).isEqualTo("ahead");
    }

    private JsonNode appliedOver(long version) throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                PreparedStatement query =
                        admin.prepareStatement("select coalesce(metadata->'appliedOver', 'null')::text"
                                + " from unlost.event where factory_id = ? and sequence_number = ?")) {
            query.setString(1, factory);
            query.setLong(2, version - 1);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return new JsonMapper().readTree(rows.getString(1));
            }
        }
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Without a cache, every write loads its record from the nearest snapshot of its own factory. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class SnapshotsIT {

    private static final int UPDATES = 23;

    private static final TestDatabase DATABASE = TestDatabase.create("snapshots");
    private static final TestNode NODE =
            TestNode.inProcess(DATABASE, "unlost.write.cache-size=0B", "unlost.write.snapshot-every=5");

    private final RecordKind kind;
    private final String ours = "ours-" + UUID.randomUUID();
    private final String theirs = "theirs-" + UUID.randomUUID();
    private final Caller ann = Caller.of(NODE, "ann", ours);
    private final Caller bob = Caller.of(NODE, "bob", theirs);
    private final Records records;

    SnapshotsIT(RecordKind kind) {
        this.kind = kind;
        this.records = kind.in(ann);
    }

    @AfterAll
    static void close() {
        NODE.close();
    }

    @Test
    void aRecordWithSnapshotsIsItsOwnFactorysAndRightAtEveryVersion() throws SQLException {
        String id = updatedInBothFactories();

        for (Caller caller : List.of(ann, bob)) {
            String who = caller == ann ? "ours" : "theirs";
            JsonNode conflict = caller.patch(kind.path(id), records.first("late"), "If-Match", "\"3\"")
                    .json()
                    .path("conflict");
            assertThat(conflict.path("expectedVersion").longValue()).isEqualTo(3);
            assertThat(conflict.path("actualVersion").longValue()).isEqualTo(1 + UPDATES);
            assertThat(records.first(conflict.path("current"))).isEqualTo(who + " " + UPDATES);
            assertThat(snapshots(DATABASE.connectAsAdmin(), null, id, caller == ann ? ours : theirs))
                    .containsExactly("4 " + who + " 4", "9 " + who + " 9", "14 " + who + " 14", "19 " + who + " 19");
        }
    }

    @Test
    void snapshotsAreWhatRecordsAreLoadedFrom() throws SQLException {
        String id = updatedInBothFactories();
        String path = kind.path(id);

        // without what came before the last snapshot of one, and without the snapshots of the other
        assertThat(removed("event", ours, id, "sequence_number < 19")).isEqualTo(19);
        assertThat(removed("snapshot", theirs, id, "true")).isEqualTo(4);

        Reply fromSnapshot = ann.patch(path, records.second("a"), "If-Match", "\"24\"");
        assertThat(fromSnapshot.status()).as(fromSnapshot.text()).isEqualTo(200);
        assertThat(fromSnapshot.version()).isEqualTo(25);
        assertThat(records.first(fromSnapshot.json())).isEqualTo("ours " + UPDATES);
        Reply fromEvents = bob.patch(path, records.second("b"), "If-Match", "\"24\"");
        assertThat(fromEvents.status()).as(fromEvents.text()).isEqualTo(200);
        assertThat(records.first(fromEvents.json())).isEqualTo("theirs " + UPDATES);

        // without either, the record is not there, whatever another factory has at its id
        removed("event", ours, id, "true");
        removed("snapshot", ours, id, "true");
        assertThat(ann.patch(path, records.first("+1"), "If-Match", "\"25\"").status())
                .isEqualTo(404);
        assertThat(bob.patch(path, records.first("+1"), "If-Match", "\"25\"").version())
                .isEqualTo(26);
    }

    @Test
    void theServicesRoleSeesTheSnapshotsOfTheFactoryItWorksFor() throws SQLException {
        String id = updatedInBothFactories();
        assertThat(snapshots(DATABASE.connectAsApp(), ours, id, ours)).hasSize(4);
        assertThat(snapshots(DATABASE.connectAsApp(), ours, id, theirs)).isEmpty();
        assertThat(snapshots(DATABASE.connectAsApp(), null, id, ours)).isEmpty();
        assertThat(snapshots(DATABASE.connectAsApp(), "", id, ours)).isEmpty();
    }

    /** Creates one id in both factories and changes both records in turn, without a gap in their versions. */
    private String updatedInBothFactories() {
        String id = UUID.randomUUID().toString();
        String path = kind.path(id);
        for (Caller caller : List.of(ann, bob)) {
            String whole = (caller == ann ? records : kind.in(bob)).whole("new");
            assertThat(caller.put(path, whole, "If-None-Match", "*").status()).isEqualTo(201);
        }
        for (int i = 1; i <= UPDATES; i++) {
            for (Caller caller : List.of(ann, bob)) {
                String value = (caller == ann ? "ours " : "theirs ") + i;
                Reply reply = caller.patch(path, records.first(value), "If-Match", "\"" + i + "\"");
                assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                assertThat(reply.version()).isEqualTo(i + 1);
                assertThat(records.first(reply.json())).isEqualTo(value);
                assertThat(caller.get(path).text()).isEqualTo(reply.text());
            }
        }
        return id;
    }

    private List<String> snapshots(Connection opened, @Nullable String setting, String id, String factory)
            throws SQLException {
        try (Connection connection = opened;
                PreparedStatement set = connection.prepareStatement("select set_config('unlost.factory', ?, false)");
                PreparedStatement query = connection.prepareStatement("""
                        select sequence_number || ' ' || substring(payload::text, '"((?:ours|theirs) [0-9]+)"')
                        from unlost.snapshot
                        where aggregate_id = ? and factory_id = ? order by sequence_number""")) {
            if (setting != null) {
                set.setString(1, setting);
                set.execute();
            }
            query.setString(1, kind.storedId(id));
            query.setString(2, factory);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private int removed(String table, String factory, String id, String condition) {
        return DATABASE.asAdmin()
                .sql("delete from unlost." + table + " where factory_id = ? and aggregate_id = ? and " + condition)
                .params(factory, kind.storedId(id))
                .update();
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
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
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Without a cache, every write loads its record from the nearest snapshot of its own factory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotsIT {

    private static final int UPDATES = 23;

    private final TestDatabase database = TestDatabase.create("snapshots");
    private final TestNode node =
            TestNode.inProcess(database, "unlost.write.cache-size=0B", "unlost.write.snapshot-every=5");
    private final String ours = "ours-" + UUID.randomUUID();
    private final String theirs = "theirs-" + UUID.randomUUID();
    private final Caller ann = Caller.of(node, "ann", ours);
    private final Caller bob = Caller.of(node, "bob", theirs);

    @AfterAll
    void close() {
        node.close();
    }

    @Test
    void aRecordWithSnapshotsIsItsOwnFactorysAndRightAtEveryVersion() throws SQLException {
        String id = updatedInBothFactories();

        for (Caller caller : List.of(ann, bob)) {
            String who = caller == ann ? "ours" : "theirs";
            JsonNode conflict = caller.patch("/api/customers/" + id, "{\"phone\":\"late\"}", "If-Match", "\"3\"")
                    .json()
                    .path("conflict");
            assertThat(conflict.path("expectedVersion").longValue()).isEqualTo(3);
            assertThat(conflict.path("actualVersion").longValue()).isEqualTo(1 + UPDATES);
            assertThat(conflict.path("current").path("name").stringValue()).isEqualTo(who);
            assertThat(conflict.path("current").path("phone").stringValue()).isEqualTo(who + " " + UPDATES);
            assertThat(snapshots(database.connectAsAdmin(), null, id, caller == ann ? ours : theirs))
                    .containsExactly("4 " + who, "9 " + who, "14 " + who, "19 " + who);
        }
    }

    @Test
    void snapshotsAreWhatRecordsAreLoadedFrom() throws SQLException {
        String id = updatedInBothFactories();
        String path = "/api/customers/" + id;

        // without what came before the last snapshot of one, and without the snapshots of the other
        assertThat(removed("event", ours, id, "sequence_number < 19")).isEqualTo(19);
        assertThat(removed("snapshot", theirs, id, "true")).isEqualTo(4);

        Reply fromSnapshot = ann.patch(path, "{\"email\":\"a@example.com\"}", "If-Match", "\"24\"");
        assertThat(fromSnapshot.status()).as(fromSnapshot.text()).isEqualTo(200);
        assertThat(fromSnapshot.version()).isEqualTo(25);
        assertThat(fromSnapshot.json().path("name").stringValue()).isEqualTo("ours");
        assertThat(fromSnapshot.json().path("phone").stringValue()).isEqualTo("ours " + UPDATES);
        Reply fromEvents = bob.patch(path, "{\"email\":\"b@example.com\"}", "If-Match", "\"24\"");
        assertThat(fromEvents.status()).as(fromEvents.text()).isEqualTo(200);
        assertThat(fromEvents.json().path("phone").stringValue()).isEqualTo("theirs " + UPDATES);

        // without either, the record is not there, whatever another factory has at its id
        removed("event", ours, id, "true");
        removed("snapshot", ours, id, "true");
        assertThat(ann.patch(path, "{\"phone\":\"+1\"}", "If-Match", "\"25\"").status())
                .isEqualTo(404);
        assertThat(bob.patch(path, "{\"phone\":\"+1\"}", "If-Match", "\"25\"").version())
                .isEqualTo(26);
    }

    @Test
    void theServicesRoleSeesTheSnapshotsOfTheFactoryItWorksFor() throws SQLException {
        String id = updatedInBothFactories();
        assertThat(snapshots(database.connectAsApp(), ours, id, ours)).hasSize(4);
        assertThat(snapshots(database.connectAsApp(), ours, id, theirs)).isEmpty();
        assertThat(snapshots(database.connectAsApp(), null, id, ours)).isEmpty();
        assertThat(snapshots(database.connectAsApp(), "", id, ours)).isEmpty();
    }

    /** Creates one id in both factories and changes both records in turn, without a gap in their versions. */
    private String updatedInBothFactories() {
        String id = UUID.randomUUID().toString();
        String path = "/api/customers/" + id;
        for (Caller caller : List.of(ann, bob)) {
            String name = caller == ann ? "ours" : "theirs";
            assertThat(caller.put(path, "{\"name\":\"" + name + "\"}", "If-None-Match", "*")
                            .status())
                    .isEqualTo(201);
        }
        for (int i = 1; i <= UPDATES; i++) {
            for (Caller caller : List.of(ann, bob)) {
                String phone = (caller == ann ? "ours " : "theirs ") + i;
                Reply reply = caller.patch(path, "{\"phone\":\"" + phone + "\"}", "If-Match", "\"" + i + "\"");
                assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                assertThat(reply.version()).isEqualTo(i + 1);
                assertThat(reply.json().path("phone").stringValue()).isEqualTo(phone);
                assertThat(caller.get(path).text()).isEqualTo(reply.text());
            }
        }
        return id;
    }

    private static List<String> snapshots(Connection opened, @Nullable String setting, String id, String factory)
            throws SQLException {
        try (Connection connection = opened;
                PreparedStatement set = connection.prepareStatement("select set_config('unlost.factory', ?, false)");
                PreparedStatement query = connection.prepareStatement("""
                        select sequence_number || ' ' || (payload -> 'details' ->> 'name') from unlost.snapshot
                        where aggregate_id = ? and factory_id = ? order by sequence_number""")) {
            if (setting != null) {
                set.setString(1, setting);
                set.execute();
            }
            query.setString(1, id);
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

    private int removed(String table, String factory, String id, String condition) throws SQLException {
        try (Connection connection = database.connectAsAdmin();
                PreparedStatement delete = connection.prepareStatement("delete from unlost." + table
                        + " where factory_id = ? and aggregate_id = ? and " + condition)) {
            delete.setString(1, factory);
            delete.setString(2, id);
            return delete.executeUpdate();
        }
    }
}

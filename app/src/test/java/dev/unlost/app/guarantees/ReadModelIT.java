package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of the read model that are lost, old, wrong or too many are counted, healed by writes and mended by a rebuild. */
class ReadModelIT {

    private static final String CUSTOMER = "customer";
    private static final int RECORDS = 16;
    private static final int EXTRA = 1000;

    private final Operator operator = new Operator(SharedNodes.first());
    private String factory = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private List<String> ids = List.of();

    @BeforeEach
    void recordsInAFactoryOfTheirOwn() {
        factory = "read-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        List<String> created = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            String path = ann.created("{\"name\":\"Customer " + i + "\",\"tags\":[\"t" + i + "\",\"all\"]}");
            Reply changed = ann.patch(path, "{\"phone\":\"+" + i + "\"}", "If-Match", "\"1\"");
            assertThat(changed.version()).isEqualTo(2);
            created.add(changed.json().path("id").stringValue());
        }
        ids = List.copyOf(created);
    }

    @AfterEach
    void asTheLogSays() {
        operator.rebuild(CUSTOMER);
    }

    @Test
    void whoLosesARaceWritesNothingOfWhatFollowsFromTheRow() throws SQLException {
        String path = "/api/customers/" + ids.getFirst();
        Caller bob = Caller.of(SharedNodes.second(), "bob", factory);
        assertThat(bob.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"").version())
                .isEqualTo(3);
        assertThat(ann.patch(path, "{\"phone\":\"+4\"}", "If-Match", "\"3\"").version())
                .isEqualTo(4);
        damage("insert into unlost.customer_tag values ('{factory}', '%s', 'stray', 'x')", ids.getFirst());
        // his node has not heard of hers, and only PostgreSQL can tell it
        assertThat(bob.patch(path, "{\"tags\":[\"b\"]}", "If-Match", "\"3\"").status())
                .isEqualTo(409);
        assertThat(operator.verify(CUSTOMER)).as("the stray tag is left").isEqualTo(1);
    }

    @Test
    void damageIsCountedHealedByWritesAndMendedByARebuildWhileOthersWrite() throws SQLException {
        assertThat(operator.verify(CUSTOMER)).isZero();
        String sound = dump(ids);

        // 0 to 3 are written by the writers later on, 4 and 5 by the writes that heal
        damage("delete from unlost.customer where id in ('%s', '%s', '%s')", ids.get(0), ids.get(4), ids.get(6));
        damage(
                "update unlost.customer set version = 1, phone = null where id in ('%s', '%s', '%s')",
                ids.get(1), ids.get(5), ids.get(7));
        damage("update unlost.customer set name = 'Damaged' where id = '%s'", ids.get(8));
        damage("update unlost.customer set version = 9 where id = '%s'", ids.get(9));
        damage("delete from unlost.customer_tag where customer_id = '%s' and tag = 'all'", ids.get(10));
        damage("insert into unlost.customer_tag values ('{factory}', '%s', 'more', 'x')", ids.get(11));
        damage("update unlost.customer set deleted = true where id = '%s'", ids.get(12));
        damage("update unlost.customer_tag set name_key = 'x' where customer_id = '%s'", ids.get(13));
        damage("insert into unlost.customer_tag values ('{factory}', '%s', 'nobodys', 'x')", UUID.randomUUID());
        int damaged = 3 + 3 + 7;
        assertThat(operator.verify(CUSTOMER)).isEqualTo(damaged);
        assertThat(dump(ids)).as("verifying changes nothing").isNotEqualTo(sound);

        for (String healed : ids.subList(4, 6)) {
            Reply reply = ann.patch("/api/customers/" + healed, "{\"email\":\"h@example.com\"}", "If-Match", "\"2\"");
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.version()).isEqualTo(3);
            assertThat(ann.get("/api/customers/" + healed).text()).isEqualTo(reply.text());
            assertThat(ann.get("/api/customers?tag=t" + ids.indexOf(healed))
                            .json()
                            .path("items")
                            .size())
                    .isEqualTo(1);
        }
        assertThat(operator.verify(CUSTOMER)).isEqualTo(damaged - 2);
        Reply ahead = ann.patch("/api/customers/" + ids.get(9), "{\"phone\":\"x\"}", "If-Match", "\"2\"");
        assertThat(ahead.status()).as("what cannot be projected is not written").isEqualTo(500);

        damage("""
                insert into unlost.customer select factory_id, gen_random_uuid()::text, version, deleted, created_at,
                  created_by, updated_at, updated_by, name, name_key, contact_name, contact_title, email, email_key, phone,
                  street, city, region, postal_code, country, tags, notes
                from unlost.customer, generate_series(1, %s) where id = '%s'""", EXTRA, ids.get(14));

        AtomicBoolean rebuilt = new AtomicBoolean();
        List<Long> results = Together.run(5, thread -> {
            if (thread == 4) {
                try {
                    return operator.rebuild(CUSTOMER);
                } finally {
                    rebuilt.set(true);
                }
            }
            Caller writer = thread % 2 == 0 ? ann : ann.at(SharedNodes.second());
            long version = 2;
            while (!rebuilt.get() || version < 10) {
                Reply reply = writer.patch(
                        "/api/customers/" + ids.get(thread),
                        "{\"phone\":\"+" + version + "\",\"tags\":[\"v" + version + "\"]}",
                        "If-Match",
                        "\"" + version + "\"");
                assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                version = reply.version();
            }
            return version;
        });

        // the writers may have healed two before the rebuild saw them
        assertThat(results.get(4)).isBetween(damaged - 2L - 2 + EXTRA, damaged - 2L + EXTRA);
        assertThat(operator.verify(CUSTOMER)).isZero();
        List<String> untouched = ids.subList(6, RECORDS);
        assertThat(dump(untouched)).isEqualTo(lines(sound, untouched));
        assertThat(dump(List.of()).lines().count()).as("rows of the factory").isEqualTo(RECORDS + tags());
        for (int writer = 0; writer < 4; writer++) {
            assertThat(ann.get("/api/customers/" + ids.get(writer)).version()).isEqualTo(results.get(writer));
            assertThat(ann.get("/api/customers?tag=v" + (results.get(writer) - 1))
                            .text())
                    .contains(ids.get(writer));
        }
        Reply again = ann.patch("/api/customers/" + ids.get(9), "{\"phone\":\"x\"}", "If-Match", "\"2\"");
        assertThat(again.version()).isEqualTo(3);
    }

    @Test
    void theReadModelCanBeEmptiedAndRebuiltToTheSameBytes() throws SQLException {
        ann.delete("/api/customers/" + ids.getFirst(), "If-Match", "\"2\"");
        String sound = dump(ids);
        damage("delete from unlost.customer where factory_id = '{factory}'");
        damage("delete from unlost.customer_tag where factory_id = '{factory}'");
        assertThat(dump(ids)).isEmpty();
        assertThat(operator.verify(CUSTOMER)).isEqualTo(RECORDS);
        assertThat(operator.rebuild(CUSTOMER)).isEqualTo(RECORDS);
        assertThat(dump(ids)).isEqualTo(sound);
        assertThat(operator.verify(CUSTOMER)).isZero();
    }

    @SuppressWarnings("AnnotateFormatMethod") // its callers are in this class
    private void damage(String sql, Object... values) throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                Statement statement = admin.createStatement()) {
            assertThat(statement.executeUpdate(sql.formatted(values).replace("{factory}", factory)))
                    .as(sql)
                    .isPositive();
        }
    }

    /** @return 2 tags of each record, and 1 of those that the writers have given other tags */
    private static long tags() {
        return 2L * RECORDS - 4;
    }

    /** The rows as text, ordered: those of these records, or all of the factory where none is named. */
    private String dump(List<String> records) throws SQLException {
        String condition = records.isEmpty() ? "" : " where id in ('" + String.join("', '", records) + "')";
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select line from (
                          select id, row::text as line from unlost.customer as row where factory_id = '{factory}'
                          union all
                          select customer_id, row::text from unlost.customer_tag as row where factory_id = '{factory}'
                        ) as rows""".replace("{factory}", factory) + condition
                        + " order by id collate \"C\", line collate \"C\"")) {
            StringBuilder dump = new StringBuilder();
            while (rows.next()) {
                dump.append(rows.getString(1)).append('\n');
            }
            return dump.toString();
        }
    }

    private static String lines(String dump, List<String> records) {
        StringBuilder kept = new StringBuilder();
        dump.lines()
                .filter(line -> records.stream().anyMatch(line::contains))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString();
    }
}

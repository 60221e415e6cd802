package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several records in one request. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class BatchIT {

    private final RecordKind kind;
    private final String batch;
    private Records records;
    private String factory = "unset";
    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;

    BatchIT(RecordKind kind) {
        this.kind = kind;
        this.batch = kind.path() + ":batch";
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void aFactoryOfItsOwn() {
        factory = "batch-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        records = kind.in(ann);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfWriteIsAnItem(boolean atomic) {
        String patched = record();
        String replaced = record();
        String deleted = record();
        String made = UUID.randomUUID().toString();
        Reply reply = ann.post(
                batch,
                batch(
                        atomic,
                        patch(patched, 1, "+2"),
                        "{\"method\":\"PUT\",\"id\":\"" + replaced
                                + "\",\"headers\":{\"If-Match\":\"\\\"1\\\"\"},\"body\":" + records.whole("Whole")
                                + "}",
                        "{\"method\":\"DELETE\",\"id\":\"" + deleted + "\",\"expectedVersion\":1}",
                        "{\"method\":\"PUT\",\"id\":\"" + made + "\",\"headers\":{\"If-None-Match\":\"*\"},\"body\":"
                                + records.whole("Made") + "}",
                        post("New")));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(statuses(reply)).containsExactly(200, 200, 204, 201, 201);
        assertThat(reply.json().path("results"))
                .extracting(result -> result.path("version").longValue())
                .containsExactly(2L, 2L, 2L, 1L, 1L);
        assertThat(records.first(ann.get(kind.path(patched)).json())).isEqualTo("+2");
        assertThat(records.first(ann.get(kind.path(replaced)).json())).isEqualTo("Whole");
        assertThat(bob.get(kind.path(deleted)).status()).isEqualTo(410);
        assertThat(bob.get(kind.path(made)).version()).isEqualTo(1);
        String created = reply.json().path("results").path(4).path("id").stringValue();
        assertThat(records.first(bob.get(kind.path(created)).json())).isEqualTo("New");
    }

    @Test
    void whatIsDoneIsToldThoughAnotherItemFails() throws SQLException {
        String table = kind.tables().getFirst();
        String constraint = "refuses_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection owner = SharedNodes.database().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table unlost." + table + " add constraint " + constraint + " check (" + table
                    + "::text not like '%Unheard of%') not valid");
            try {
                Reply reply = ann.post(batch, batch(false, post("First"), post("Unheard of"), post("Third")));
                assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                assertThat(statuses(reply)).containsExactly(201, 500, 201);
            } finally {
                statement.execute("alter table unlost." + table + " drop constraint " + constraint);
            }
        }
    }

    @Test
    void anAtomicBatchIsRefusedWhole() {
        List<String> ids = List.of(record(), record(), record(), record());
        bob.patch(kind.path(ids.get(2)), records.first("+9"), "If-Match", "\"1\"");
        Reply reply = ann.post(
                batch,
                batch(
                        true,
                        patch(ids.get(0), 1, "+2"),
                        patch(ids.get(1), 1, "+2"),
                        patch(ids.get(2), 1, "+2"),
                        patch(ids.get(3), 7, "+2")));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.json().path("conflict").path("entityId").stringValue()).isEqualTo(ids.get(2));
        assertThat(reply.json().path("item").intValue()).isEqualTo(2);
        assertThat(statuses(reply)).containsExactly(424, 424, 409, 409);
        assertThat(reply.json()
                        .path("results")
                        .path(3)
                        .path("problem")
                        .path("conflict")
                        .path("reason")
                        .stringValue())
                .isEqualTo("ahead");
        assertThat(ids).extracting(id -> ann.get(kind.path(id)).version()).containsExactly(1L, 1L, 2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 {\"method\":\"PATCH\",\"id\":\"%s\",\"version\":0,\"body\":{}}",
                "400 {\"method\":\"PATCH\",\"id\":\"%s\",\"version\":1,\"body\":{\"expectedVersion\":2}}",
                "422 {\"method\":\"PATCH\",\"id\":\"%s\",\"version\":1,\"body\":{\"nick\":1}}",
                "422 {\"method\":\"PATCH\",\"id\":\"%s\",\"version\":1,\"body\":{\"factoryId\":\"x\"}}",
                "404 {\"method\":\"PATCH\",\"id\":\"00000000-0000-4000-8000-000000000000\",\"version\":1,\"body\":{}}",
                "404 {\"method\":\"DELETE\",\"id\":\"1\",\"version\":1}"
            })
    void whatIsWrongWithOneItemIsToldOfThatItem(String faulty) {
        int status = Integer.parseInt(faulty.substring(0, 3));
        String good = record();
        String item = faulty.substring(4).formatted(record());
        Reply none = ann.post(batch, batch(true, patch(good, 1, "+2"), item));
        assertThat(none.status()).as(none.text()).isEqualTo(status);
        assertThat(statuses(none)).containsExactly(424, status);
        assertThat(ann.get(kind.path(good)).version()).isEqualTo(1);

        Reply each = ann.post(batch, batch(false, patch(good, 1, "+2"), item));
        assertThat(each.status()).isEqualTo(200);
        assertThat(statuses(each)).containsExactly(200, status);
        assertThat(each.json()
                        .path("results")
                        .path(1)
                        .path("problem")
                        .path("status")
                        .intValue())
                .isEqualTo(status);
        assertThat(ann.get(kind.path(good)).version()).isEqualTo(2);
    }

    @Test
    void anItemWithoutAVersionIsRefusedOrAppliedWhateverIsThere() {
        String id = record();
        bob.patch(kind.path(id), records.second("n"), "If-Match", "\"1\"");
        String item = "{\"method\":\"PATCH\",\"id\":\"" + id + "\",\"body\":" + records.first("+2") + "}";
        assertThat(statuses(ann.post(batch, batch(false, item)))).containsExactly(kind.requiresVersion() ? 428 : 200);
        assertThat(ann.get(kind.path(id)).version()).isEqualTo(kind.requiresVersion() ? 2 : 3);
    }

    @Test
    void anItemMayAskToBeMerged() {
        String id = record();
        bob.patch(kind.path(id), records.first("+9"), "If-Match", "\"1\"");
        Reply reply = ann.post(
                batch,
                batch(
                        true,
                        "{\"method\":\"PATCH\",\"id\":\"" + id
                                + "\",\"version\":1,\"headers\":{\"prefer\":\"merge=disjoint\"},\"body\":"
                                + records.second("n") + "}"));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json()
                        .path("results")
                        .path(0)
                        .path("preferenceApplied")
                        .stringValue())
                .isEqualTo("merge=disjoint");
        assertThat(records.first(ann.get(kind.path(id)).json())).isEqualTo("+9");
    }

    @Test
    void twoHundredRecordsAreTakenAndOneMoreIsNot() {
        String[] items = IntStream.range(0, 200).mapToObj(i -> post("New")).toArray(String[]::new);
        Reply all = ann.post(batch, batch(true, items));
        assertThat(all.status()).as(all.text()).isEqualTo(200);
        assertThat(all.json().path("results")).hasSize(200);
        String[] more = Arrays.copyOf(items, 201);
        more[200] = post("New");
        assertThat(ann.post(batch, batch(true, more)).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRepetitionCountsOnce(boolean atomic) {
        String id = record();
        String body = batch(atomic, patch(id, 1, "+2"), post("New"), patch(record(), 1, "+2"));
        Reply first = ann.post(batch, body, "Idempotency-Key", "k");
        assertThat(statuses(first)).containsExactly(200, 201, 200);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        bob.patch(kind.path(id), records.first("+9"), "If-Match", "\"2\"");
        Reply again = ann.at(SharedNodes.second()).post(batch, body, "Idempotency-Key", "k");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        Reply other = ann.post(batch, batch(atomic, patch(id, 3, "+3")), "Idempotency-Key", "k");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("code").stringValue()).isEqualTo("idempotency-key-reused");
        assertThat(ann.get(kind.path(id)).version()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyEventOfABatchKeepsItsKey(boolean atomic) {
        String body = batch(atomic, patch(record(), 1, "+2"), post("New"), patch(record(), 1, "+2"));
        String key = "k-" + UUID.randomUUID();
        assertThat(statuses(ann.post(batch, body, "Idempotency-Key", key))).containsExactly(200, 201, 200);
        assertThat(SharedNodes.database()
                        .asAdmin()
                        .sql("""
                                select count(*) from unlost.event
                                where factory_id = ? and metadata ->> 'idempotencyKey' = ?""")
                        .params(factory, key)
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void whatWasRefusedOfABatchIsDecidedAnewAndTheRestIsNot() {
        String ready = record();
        String late = record();
        String body = batch(false, patch(ready, 1, "+2"), patch(late, 2, "+2"));
        assertThat(statuses(ann.post(batch, body, "Idempotency-Key", "k"))).containsExactly(200, 409);
        bob.patch(kind.path(late), records.second("n"), "If-Match", "\"1\"");
        assertThat(statuses(ann.post(batch, body, "Idempotency-Key", "k"))).containsExactly(200, 200);
        assertThat(ann.get(kind.path(ready)).version()).isEqualTo(2);
        assertThat(ann.get(kind.path(late)).version()).isEqualTo(3);
    }

    /** Batches over the same records, each in an order of its own, at two nodes: each is there whole, or not at all. */
    @Test
    void overlappingBatchesNeitherDeadlockNorMix() {
        overlap();
        assertThat(new Operator(SharedNodes.first()).verify(kind.type())).isZero();
    }

    private void overlap() {
        List<String> ids = IntStream.range(0, 6).mapToObj(i -> record()).toList();
        int rounds = kind == RecordKind.CUSTOMER ? 15 : 5;
        List<Integer> applied = Together.run(6, thread -> {
            Caller caller = thread % 2 == 0 ? ann : bob;
            Random random = new Random(thread);
            int done = 0;
            for (int round = 0; round < rounds; round++) {
                String mark = thread + "-" + round;
                List<String> order = new ArrayList<>(ids);
                Collections.shuffle(order, random);
                String body = batch(
                        true,
                        order.stream()
                                .map(id -> "{\"method\":\"PATCH\",\"id\":\"" + id
                                        + "\",\"headers\":{\"If-Match\":\"*\"},\"body\":" + records.second(mark) + "}")
                                .toArray(String[]::new));
                Reply reply = caller.post(batch, body, "Idempotency-Key", mark);
                assertThat(reply.status()).as(reply.text()).isIn(200, 503);
                done += reply.status() == 200 ? 1 : 0;
            }
            return done;
        });
        int batches = applied.stream().mapToInt(Integer::intValue).sum();
        assertThat(batches).isPositive();
        assertThat(ids)
                .extracting(id -> ann.get(kind.path(id)).version())
                .as("a version for every batch, and none for any that was refused")
                .containsOnly(1L + batches);
        assertThat(ids.stream()
                        .map(id -> records.second(ann.get(kind.path(id)).json()))
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    /** As readers of the log rely on: a later version is of a later transaction, whatever else the two have written. */
    @Test
    void noBatchTakesATransactionIdBeforeItsRecordsAreLoaded() {
        overlap();
        List<Long> earlier = SharedNodes.database()
                .asAdmin()
                .sql("""
                        select xid::text::bigint - before::text::bigint from (
                          select xid, lag(xid) over (partition by aggregate_id order by sequence_number) as before
                          from unlost.event where factory_id = ?) as version
                        where before is not null""")
                .param(factory)
                .query(Long.class)
                .list();
        assertThat(earlier).isNotEmpty().allMatch(distance -> distance >= 0);
    }

    @Test
    void anotherFactorysRecordIsUnknown() {
        Caller eve = Caller.of(SharedNodes.first(), "eve", "other-" + UUID.randomUUID());
        String id = RecordKind.id(kind.in(eve).created(eve, "Theirs"));
        String absent = UUID.randomUUID().toString();
        for (boolean atomic : List.of(true, false)) {
            Reply foreign = ann.post(batch, batch(atomic, patch(id, 1, "+2")));
            Reply unknown = ann.post(batch, batch(atomic, patch(absent, 1, "+2")));
            assertThat(statuses(foreign)).containsExactly(404);
            assertThat(foreign.text().replace(id, "{id}"))
                    .isEqualTo(unknown.text().replace(absent, "{id}"));
        }
    }

    private String record() {
        return RecordKind.id(records.created(ann, "+1"));
    }

    private static String batch(boolean atomic, String... items) {
        return "{\"atomic\":" + atomic + ",\"items\":[" + String.join(",", items) + "]}";
    }

    private String post(String first) {
        return "{\"method\":\"POST\",\"body\":" + records.whole(first) + "}";
    }

    private String patch(String id, int version, String first) {
        return "{\"method\":\"PATCH\",\"id\":\"" + id + "\",\"version\":" + version + ",\"body\":"
                + records.first(first) + "}";
    }

    private static List<Integer> statuses(Reply reply) {
        return reply.json()
                .path("results")
                .valueStream()
                .map(result -> result.path("status").intValue())
                .toList();
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes of a factory that come at the same time share a transaction, and each is answered for itself. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class SharedTransactionsIT {

    private static final int RECORDS = 8;
    private static final int CHANGES = 25;

    private final RecordKind kind;
    private final String factory = "shared-" + UUID.randomUUID();
    private final Caller ann = Caller.of(SharedNodes.first(), "ann", factory);
    private final Caller bob = Caller.of(SharedNodes.second(), "bob", factory);
    private Records records;
    private List<String> paths = List.of();

    SharedTransactionsIT(RecordKind kind) {
        this.kind = kind;
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void records() {
        records = kind.in(ann);
        paths = IntStream.range(0, RECORDS)
                .mapToObj(i -> records.created(ann, "0"))
                .toList();
    }

    @Test
    void eachOfManyWritersIsToldWhatBecameOfItsOwnChange() {
        // two writers of each record, at different nodes; a request with a key is a transaction of several round trips
        List<List<Long>> accepted = Together.run(2 * RECORDS, thread -> {
            Caller caller = thread % 2 == 0 ? ann : bob;
            String path = paths.get(thread / 2);
            List<Long> versions = new ArrayList<>();
            while (versions.size() < CHANGES) {
                long version = caller.get(path).version();
                String ifMatch = "\"" + version + "\"";
                String[] headers = versions.size() % 2 == 0
                        ? new String[] {"If-Match", ifMatch}
                        : new String[] {
                            "If-Match",
                            ifMatch,
                            "Idempotency-Key",
                            UUID.randomUUID().toString()
                        };
                String value = thread + "-" + versions.size();
                String body = kind == RecordKind.CUSTOMER && versions.size() % 3 == 0
                        ? "{\"tags\":[\"" + value + "\"]}"
                        : records.first(value);
                Reply reply = caller.patch(path, body, headers);
                assertThat(reply.status()).as(reply.text()).isIn(200, 409);
                if (reply.status() == 200) {
                    assertThat(reply.version()).isEqualTo(version + 1);
                    versions.add(reply.version());
                }
            }
            return versions;
        });
        for (int i = 0; i < RECORDS; i++) {
            List<Long> versions = new ArrayList<>(accepted.get(2 * i));
            versions.addAll(accepted.get(2 * i + 1));
            assertThat(versions)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(2, 1 + 2 * CHANGES).boxed().toList());
            assertThat(ann.get(paths.get(i)).version()).isEqualTo(1 + 2 * CHANGES);
        }
        if (kind == RecordKind.CUSTOMER) {
            assertThat(eventsThatShareTheirTransaction()).isPositive();
            assertThat(tagsThatDoNotFollowFromTheirRow()).isZero();
        }
    }

    @Test
    void recordsThatAreCreatedAtTheSameTimeAreThereOnceEach() {
        long before = eventsThatShareTheirTransaction();
        List<List<String>> created = Together.run(
                RECORDS,
                thread -> IntStream.range(0, CHANGES)
                        .mapToObj(i -> records.created(ann, thread + "-" + i))
                        .toList());
        List<String> all = created.stream().flatMap(List::stream).toList();
        assertThat(all)
                .doesNotHaveDuplicates()
                .allSatisfy(path -> assertThat(bob.get(path).version()).isEqualTo(1));
        if (kind == RecordKind.CUSTOMER) {
            assertThat(eventsThatShareTheirTransaction()).isGreaterThan(before);
        }
    }

    @Test
    void aRowThatIsMissingIsNobodyElsesTrouble() {
        Together.run(RECORDS, thread -> {
            String path = paths.get(thread);
            for (int i = 0; i < CHANGES; i++) {
                if (thread == 0 && i % 5 == 0) {
                    String id = path.substring(path.lastIndexOf('/') + 1);
                    SharedNodes.database()
                            .asAdmin()
                            .sql("delete from unlost." + kind.tables().getFirst()
                                    + " where factory_id = ? and id like ?")
                            .params(factory, "%" + id)
                            .update();
                }
                Reply reply = ann.patch(path, records.first("v" + i), "If-Match", "\"" + (i + 1) + "\"");
                assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                assertThat(bob.get(path).version()).isEqualTo(i + 2);
            }
            return thread;
        });
        if (kind == RecordKind.CUSTOMER) {
            assertThat(eventsThatShareTheirTransaction()).isPositive();
        }
    }

    @Test
    void aRecordThatIsLockedHoldsNobodyElseUp() throws Exception {
        try (Connection another = SharedNodes.database().connectAsAdmin();
                ExecutorService executor = Executors.newCachedThreadPool()) {
            another.setAutoCommit(false);
            kind.appendWithoutCommitting(another, factory, paths.getFirst());
            Future<Reply> waiting =
                    executor.submit(() -> ann.patch(paths.getFirst(), records.first("+1"), "If-Match", "\"1\""));
            List<Future<Reply>> others = new ArrayList<>();
            for (String path : paths.subList(1, RECORDS)) {
                others.add(executor.submit(() -> ann.patch(path, records.first("+1"), "If-Match", "\"1\"")));
            }
            for (Future<Reply> other : others) {
                assertThat(other.get().version()).isEqualTo(2);
            }
            assertThat(waiting.isDone()).isFalse();
            another.rollback();
            assertThat(waiting.get().version()).isEqualTo(2);
        }
    }

    private long tagsThatDoNotFollowFromTheirRow() {
        return SharedNodes.database()
                .asAdmin()
                .sql("""
                        with due as (select id, unnest(tags) tag from unlost.customer where factory_id = :factory),
                          kept as (select customer_id, tag from unlost.customer_tag where factory_id = :factory)
                        select count(*) from
                          ((table due except table kept) union all (table kept except table due)) differing""")
                .param("factory", factory)
                .query(Long.class)
                .single();
    }

    private long eventsThatShareTheirTransaction() {
        return SharedNodes.database()
                .asAdmin()
                .sql("select count(*) - count(distinct xid) from unlost.event where factory_id = ?")
                .params(factory)
                .query(Long.class)
                .single();
    }
}

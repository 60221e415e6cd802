package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers of the log go by {@code (xid, global_index)}. That is the order of a record's versions only as long as no write
 * takes a transaction id before it has loaded its record.
 */
class CommitOrderIT {

    private static final int COMMANDS = 30;

    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;

    @BeforeEach
    void aFactoryOfItsOwn() {
        String factory = "order-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
    }

    @Test
    void theVersionsOfARecordFollowEachOtherInTheOrderOfTheLogsReaders() {
        List<Records> kinds =
                Stream.of(RecordKind.values()).map(kind -> kind.in(ann)).toList();
        List<String> paths =
                kinds.stream().map(records -> records.created(ann, "raced")).toList();
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        List<Integer> written = Together.run(8, thread -> {
            Caller caller = thread % 2 == 0 ? ann : bob;
            int done = 0;
            for (int i = 0; System.nanoTime() < end; i++) {
                Reply reply = caller.patch(
                        paths.get(i % paths.size()),
                        kinds.get(i % paths.size()).first(thread + "-" + i),
                        "If-Match",
                        "*");
                assertThat(reply.status()).as(reply.text()).isIn(200, 503);
                done += reply.status() == 200 ? 1 : 0;
            }
            return done;
        });
        assertThat(written.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(COMMANDS);
        assertThat(number("""
                select count(*) from (
                  select sequence_number, row_number() over (
                    partition by factory_id, aggregate_type, aggregate_id order by xid, global_index) as place
                  from unlost.event) as log
                where place <> sequence_number + 1"""))
                .as("events of any record that readers would see too early or too late")
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(RecordKind.class)
    void whatAppendsNothingTakesNoTransactionId(RecordKind kind) {
        Records records = kind.in(ann);
        String path = records.created(ann, "+1");
        String whole = records.whole("+1");
        ann.patch(path, records.first("+2"), "If-Match", "\"1\"");
        for (Caller caller : List.of(ann, bob)) {
            assertThat(caller.get(path).status()).isEqualTo(200); // who is new is written down
            takesNoTransactionId(409, () -> caller.patch(path, records.first("+3"), "If-Match", "\"1\""));
            takesNoTransactionId(409, () -> caller.delete(path, "If-Match", "\"9\""));
            takesNoTransactionId(409, () -> caller.put(path, whole, "If-None-Match", "*"));
            takesNoTransactionId(200, () -> caller.patch(path, records.first("+2"), "If-Match", "\"2\""));
            takesNoTransactionId(200, () -> caller.patch(path, records.first("+2"), "If-Match", "*"));
            takesNoTransactionId(
                    404,
                    () -> caller.patch(kind.path(UUID.randomUUID().toString()), records.first("+2"), "If-Match", "*"));
            takesNoTransactionId(200, () -> caller.get(path));
        }
        assertThat(ann.get(path).version()).isEqualTo(2);
    }

    private static void takesNoTransactionId(int status, Supplier<Reply> command) {
        long before = nextTransactionId();
        for (int i = 0; i < COMMANDS; i++) {
            Reply reply = command.get();
            assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        }
        // PostgreSQL's own housekeeping may take a few
        assertThat(nextTransactionId() - before).isLessThan(COMMANDS / 2);
    }

    /** Looking at it does not take it. */
    private static long nextTransactionId() {
        return number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
    }

    private static long number(String query) {
        return SharedNodes.database().asAdmin().sql(query).query(Long.class).single();
    }
}

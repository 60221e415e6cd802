package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Several people edit one record at the same time, at one node and at two. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class RacesIT {

    private final RecordKind kind;
    private Records records;

    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Caller bob = ann;

    RacesIT(RecordKind kind) {
        this.kind = kind;
        this.records = new Records(kind, "");
    }

    @BeforeEach
    void aFactoryOfItsOwn() {
        String factory = "races-" + UUID.randomUUID();
        ann = Caller.of(SharedNodes.first(), "ann", factory);
        bob = Caller.of(SharedNodes.second(), "bob", factory);
        records = kind.in(ann);
    }

    @Test
    void theLoserOfATwoWriterRaceRefetchesAndSucceeds() {
        String path = records.created(ann, "+1");

        Reply first = ann.patch(path, records.first("+2"), "If-Match", "\"1\"");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.version()).isEqualTo(2);
        assertThat(first.header("ETag")).contains("\"2\"");

        Reply refused = bob.patch(path, records.second("mine"), "If-Match", "\"1\"");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.header("ETag")).isEmpty();
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("reason").stringValue()).isEqualTo("stale");
        assertThat(conflict.path("expectedVersion").longValue()).isEqualTo(1);
        assertThat(conflict.path("actualVersion").longValue()).isEqualTo(2);
        assertThat(conflict.path("updatedByInfo").path("nickname").stringValue())
                .isEqualTo("ann");

        Reply current = bob.get(path);
        assertThat(current.version()).isEqualTo(2);
        Reply retried = bob.patch(
                path, records.second("mine"), "If-Match", current.header("ETag").orElseThrow());
        assertThat(retried.status()).isEqualTo(200);
        assertThat(retried.version()).isEqualTo(3);
        assertThat(records.first(retried.json())).isEqualTo("+2");
        assertThat(updatedAt(retried)).isAfter(updatedAt(first));
    }

    @Test
    void noIncrementOfManyIsLostAtOneNode() {
        noIncrementIsLost(thread -> ann);
    }

    @Test
    void noIncrementOfManyIsLostAtTwoNodes() {
        noIncrementIsLost(thread -> thread % 2 == 0 ? ann : bob);
    }

    private void noIncrementIsLost(IntFunction<Caller> callers) {
        int threads = 16;
        int increments = kind == RecordKind.CUSTOMER ? 200 : 20;
        String path = records.created(ann, "0");
        Together.run(threads, thread -> {
            Caller caller = callers.apply(thread);
            for (int i = 0; i < increments; i++) {
                increment(caller, path);
            }
            return thread;
        });
        Reply end = ann.get(path);
        assertThat(records.first(end.json())).isEqualTo(Integer.toString(threads * increments));
        assertThat(end.version()).isEqualTo(1 + (long) threads * increments);
        assertThat(bob.get(path).text()).isEqualTo(end.text());
    }

    /**
     * Reads, adds one, and writes; on a conflict takes the record out of it, until nobody came between. It waits a
     * moment before it tries again, the longer the more often it was refused, as every good client does.
     */
    private void increment(Caller caller, String path) {
        JsonNode current = caller.get(path).json();
        for (int refusals = 1; ; refusals++) {
            long version = Reply.version(current);
            int count = Integer.parseInt(records.first(current));
            Reply answer =
                    caller.patch(path, records.first(Integer.toString(count + 1)), "If-Match", "\"" + version + "\"");
            if (answer.status() == 200) {
                assertThat(answer.version()).isEqualTo(version + 1);
                return;
            }
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
            JsonNode conflict = answer.json().path("conflict");
            long actual = conflict.path("actualVersion").longValue();
            assertThat(actual).as("a conflict is true").isGreaterThan(version);
            current = conflict.path("current");
            assertThat(Reply.version(current)).isEqualTo(actual);
            long longest = TimeUnit.MILLISECONDS.toNanos(5L << Math.min(refusals, 4));
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
    }

    @Test
    void aRefetchAfterAConflictIsFreshAtEveryNode() {
        String path = records.created(ann, "0");
        Together.run(4, thread -> {
            Caller writer = thread % 2 == 0 ? ann : bob;
            Caller reader = thread < 2 ? ann : bob;
            long seen = 1;
            for (int i = 0; i < (kind == RecordKind.CUSTOMER ? 50 : 10); i++) {
                Reply answer = writer.patch(path, records.first("x" + thread + i), "If-Match", "\"" + seen + "\"");
                long known = answer.status() == 200
                        ? answer.version()
                        : answer.json().path("conflict").path("actualVersion").longValue();
                seen = reader.get(path).version();
                assertThat(seen).as("what is acknowledged is read").isGreaterThanOrEqualTo(known);
                assertThat(Reply.version(reader.get(records.list("sort=-updatedAt&limit=1"))
                                .json()
                                .path("items")
                                .path(0)))
                        .isGreaterThanOrEqualTo(seen);
            }
            return thread;
        });
    }

    @Test
    void oneOfFiftyWritersWithOneVersionWins() {
        String path = records.created(ann, "+1");
        List<Reply> answers = Together.run(
                50,
                thread -> (thread % 2 == 0 ? ann : bob).patch(path, records.first("x" + thread), "If-Match", "\"1\""));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .hasSize(49)
                .allMatch(answer ->
                        answer.json().path("conflict").path("actualVersion").longValue() == 2);
        assertThat(ann.get(path).version()).isEqualTo(2);
    }

    @Test
    void oneOfManyCreationsAtOneIdWins() {
        for (int round = 0; round < 10; round++) {
            String path = kind.path() + "/" + UUID.randomUUID();
            List<Reply> answers = Together.run(
                    2,
                    thread -> (thread == 0 ? ann : bob).put(path, records.whole("x" + thread), "If-None-Match", "*"));
            assertThat(answers).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .allMatch(answer -> answer.json()
                            .path("conflict")
                            .path("reason")
                            .stringValue()
                            .equals("exists"));
        }
    }

    @Test
    void noUnconditionalWriteIsDropped() {
        String path = records.created(ann, "+1");
        int threads = 8;
        int writes = 25;
        List<Integer> applied = Together.run(threads, thread -> {
            Caller caller = thread % 2 == 0 ? ann : bob;
            int done = 0;
            for (int i = 0; i < writes; i++) {
                Reply answer = caller.patch(path, records.first(thread + "-" + i), "If-Match", "*");
                assertThat(answer.status()).as(answer.text()).isIn(200, 503);
                while (answer.status() == 503) {
                    assertThat(answer.header("Retry-After")).isPresent();
                    answer = caller.patch(path, records.first(thread + "-" + i), "If-Match", "*");
                }
                assertThat(records.first(answer.json())).isEqualTo(thread + "-" + i);
                done++;
            }
            return done;
        });
        assertThat(applied).containsOnly(writes);
        assertThat(ann.get(path).version()).isEqualTo(1 + (long) threads * writes);
    }

    @Test
    void aChangeOfNothingIsNotDecidedOnWhatAnotherNodeHasChanged() {
        for (int round = 0; round < 20; round++) {
            String path = records.created(ann, "+1");
            // the second node has version 1 in its cache, and does not hear of version 2
            assertThat(bob.patch(path, records.first("+1"), "If-Match", "*").version())
                    .isEqualTo(1);
            assertThat(ann.patch(path, records.first("+2"), "If-Match", "\"1\"").version())
                    .isEqualTo(2);

            Reply checked = bob.patch(path, records.first("+1"), "If-Match", "\"1\"");
            assertThat(checked.status()).as(checked.text()).isEqualTo(409);
            Reply unchecked = bob.patch(path, records.first("+1"), "If-Match", "*");
            assertThat(unchecked.version()).isEqualTo(3);
            assertThat(records.first(unchecked.json())).isEqualTo("+1");
        }
    }

    @Test
    void whoHasSeenMoreThanTheNodeIsNotRefused() {
        for (int round = 0; round < 20; round++) {
            String path = records.created(ann, "+1");
            bob.patch(path, records.first("+1"), "If-Match", "\"1\"");
            ann.patch(path, records.first("+2"), "If-Match", "\"1\"");
            Reply answer = bob.patch(path, records.first("+3"), "If-Match", "\"2\"");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(3);
        }
    }

    private Instant updatedAt(Reply reply) {
        return Instant.parse(reply.json().path(kind.updatedAtMember()).stringValue());
    }
}

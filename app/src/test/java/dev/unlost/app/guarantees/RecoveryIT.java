package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The service is killed in the middle of writes. */
class RecoveryIT {

    /** A record that is written again and again. */
    record Written(Records records, String path) {
        /** Changes it to say which version it was. */
        Reply write(Caller caller, long version, String... headers) {
            List<String> all = new ArrayList<>(List.of("If-Match", "\"" + version + "\""));
            all.addAll(List.of(headers));
            return caller.patch(path, records.second(Long.toString(version)), all.toArray(String[]::new));
        }
    }

    @Test
    void everyAcknowledgedWriteIsThereOnceAfterAKillAlsoIfItIsSentAgain() throws Exception {
        TestDatabase database = TestDatabase.create("recovery");
        // by record: the last version that was acknowledged
        Map<Written, Long> acknowledged = new ConcurrentHashMap<>();
        Map<Written, Reply> keyed = new HashMap<>();
        AtomicInteger writes = new AtomicInteger();
        try (TestNode node = TestNode.ownProcess(database);
                ExecutorService writers = Executors.newCachedThreadPool()) {
            Caller ann = Caller.of(node, "ann", "factory-1");
            List<Written> all = new ArrayList<>();
            for (RecordKind kind : RecordKind.values()) {
                Records records = kind.in(ann);
                all.add(new Written(records, records.created(ann, "+1")));
                all.add(new Written(records, records.created(ann, "+1")));
                Written repeated = new Written(records, records.created(ann, "+1"));
                keyed.put(repeated, repeated.write(ann, 1, "Idempotency-Key", repeated.path()));
            }
            List<Future<?>> running = new ArrayList<>();
            for (Written record : all) {
                running.add(writers.submit(() -> {
                    acknowledged.put(record, 1L);
                    while (true) {
                        long version = acknowledged.get(record);
                        try {
                            Reply reply = record.write(ann, version);
                            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                            acknowledged.put(record, reply.version());
                            writes.incrementAndGet();
                        } catch (UncheckedIOException killed) {
                            return;
                        }
                    }
                }));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> writes.get() >= 500);
            node.kill();
            for (Future<?> writer : running) {
                writer.get(1, TimeUnit.MINUTES);
            }
        }

        try (TestNode node = TestNode.inProcess(database)) {
            Caller ann = Caller.of(node, "ann", "factory-1");
            acknowledged.forEach((record, version) -> {
                Reply reply = ann.get(record.path());
                // the one write that was under way may have been carried out without its answer
                assertThat(reply.version()).isBetween(version, version + 1);
                assertThat(record.records().second(reply.json())).isEqualTo(Long.toString(reply.version() - 1));
            });
            for (RecordKind kind : RecordKind.values()) {
                assertThat(new Operator(node).verify(kind.type()))
                        .as(kind.type())
                        .isZero();
            }
            keyed.forEach((record, first) -> {
                Reply again = record.write(ann, 1, "Idempotency-Key", record.path());
                assertThat(again.text()).isEqualTo(first.text());
                assertThat(again.header("ETag")).contains("\"2\"");
                assertThat(again.header("Idempotency-Replayed")).contains("true");
            });
        }
        assertThat(database.asAdmin().sql("""
                                select count(*) from (
                                  select max(sequence_number) + 1 - count(*) as missing from unlost.event
                                  group by factory_id, aggregate_type, aggregate_id) as record
                                where missing <> 0""").query(Long.class).single())
                .as("records with a gap in their versions")
                .isZero();
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
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

    @Test
    void everyAcknowledgedWriteIsThereOnceAfterAKill() throws Exception {
        TestDatabase database = TestDatabase.create("recovery");
        // by record: the last version that was acknowledged
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        AtomicInteger writes = new AtomicInteger();
        try (TestNode node = TestNode.ownProcess(database);
                ExecutorService writers = Executors.newFixedThreadPool(8)) {
            Caller ann = Caller.of(node, "ann", "factory-1");
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                paths.add(ann.created("{\"name\":\"Customer " + i + "\"}"));
            }
            List<Future<?>> running = new ArrayList<>();
            for (String path : paths) {
                running.add(writers.submit(() -> {
                    acknowledged.put(path, 1L);
                    while (true) {
                        long version = acknowledged.get(path);
                        try {
                            Reply reply = ann.patch(
                                    path, "{\"notes\":\"" + version + "\"}", "If-Match", "\"" + version + "\"");
                            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                            acknowledged.put(path, reply.version());
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
            acknowledged.forEach((path, version) -> {
                Reply reply = ann.get(path);
                // the one write that was under way may have been carried out without its answer
                assertThat(reply.version()).isBetween(version, version + 1);
                assertThat(reply.json().path("notes").stringValue()).isEqualTo(Long.toString(reply.version() - 1));
            });
            assertThat(new Operator(node).verify("customer")).isZero();
        }
        try (Connection admin = database.connectAsAdmin();
                Statement statement = admin.createStatement();
                ResultSet gaps = statement.executeQuery(
                        "select count(*) from (select max(sequence_number) + 1 - count(*) as missing from unlost.event group by"
                                + " factory_id, aggregate_type, aggregate_id) r where missing <> 0")) {
            gaps.next();
            assertThat(gaps.getLong(1)).isZero();
        }
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A write that others keep waiting gives its connection back, and says that it was not made. */
class PatienceIT {

    private static final RecordKind KIND = RecordKind.CUSTOMER;

    private final String factory = "patience-" + UUID.randomUUID();

    @Test
    void whoWaitsForOthersOfTheSameRecordIsAskedToComeBack() throws Exception {
        try (TestNode node = TestNode.inProcess(SharedNodes.database(), "unlost.write.patience=300ms");
                Connection another = SharedNodes.database().connectAsAdmin();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Caller ann = Caller.of(node, "ann", factory);
            Caller bob = Caller.of(node, "bob", factory);
            Records records = KIND.in(ann);
            String path = records.created(ann, "+1");
            String other = records.created(ann, "+1");
            another.setAutoCommit(false);
            KIND.appendWithoutCommitting(another, factory, path);
            Future<Reply> first = executor.submit(() -> ann.patch(path, records.first("+2"), "If-Match", "\"1\""));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);

            Reply second = bob.patch(path, records.first("+3"), "If-Match", "\"1\"");
            Reply batch = bob.post(
                    KIND.path() + ":batch",
                    "{\"atomic\":true,\"items\":[" + item(other, records) + "," + item(path, records) + "]}");
            assertThat(first.isDone()).as("the first still has the record").isFalse();
            for (Reply reply : new Reply[] {second, batch}) {
                assertThat(reply.status()).as(reply.text()).isEqualTo(503);
                assertThat(reply.json().path("code").stringValue()).isEqualTo("busy");
                assertThat(reply.header("Retry-After")).contains("1");
                assertThat(reply.json().has("results")).isFalse();
            }

            another.rollback();
            assertThat(first.get().version()).isEqualTo(2);
            assertThat(bob.patch(path, records.first("+3"), "If-Match", "\"2\"").version())
                    .isEqualTo(3);
            assertThat(bob.get(other).version()).isEqualTo(1);
        }
    }

    private static String item(String path, Records records) {
        return "{\"method\":\"PATCH\",\"id\":\"" + RecordKind.id(path) + "\",\"version\":1,\"body\":"
                + records.first("+3") + "}";
    }

    private boolean somebodyWaits() {
        return SharedNodes.database().asAdmin().sql("""
                        select exists (select from pg_stat_activity
                          where usename = 'unlost_app' and wait_event_type = 'Lock' and datname = current_database())""").query(Boolean.class).single();
    }
}

package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The service is told to end in the middle of writes. */
class ShutdownIT {

    private static final int WRITERS = 12;

    @Test
    void whatWasAcceptedIsAnsweredAndWhatWasNotAnsweredIsNotDone() throws Exception {
        TestDatabase database = TestDatabase.create("shutdown");
        // by record: the last version that was acknowledged
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        AtomicInteger writes = new AtomicInteger();
        List<Future<String>> ends = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            try (TestNode node = TestNode.ownProcess(database)) {
                Caller ann = Caller.of(node, "ann", "factory-1");
                for (int i = 0; i < WRITERS; i++) {
                    String path = ann.created("{\"name\":\"Customer " + i + "\"}");
                    acknowledged.put(path, 1L);
                    ends.add(writers.submit(() -> write(ann, path, acknowledged, writes)));
                }
                await().atMost(Duration.ofMinutes(2)).until(() -> writes.get() >= 500);
            }
            for (Future<String> end : ends) {
                assertThat(end.get()).isIn("not accepted", "503");
            }
        }
        try (TestNode node = TestNode.inProcess(database)) {
            Caller ann = Caller.of(node, "ann", "factory-1");
            acknowledged.forEach((path, version) -> {
                Reply reply = ann.get(path);
                // neither lost, nor done without an answer
                assertThat(reply.version()).isEqualTo(version);
                assertThat(reply.json().path("notes").asString()).isEqualTo(Long.toString(version - 1));
            });
        }
    }

    /** Writes until the node no longer takes it, and says how that showed. */
    private static String write(Caller caller, String path, Map<String, Long> acknowledged, AtomicInteger writes) {
        while (true) {
            long version = acknowledged.getOrDefault(path, 0L);
            Reply reply;
            try {
                reply = caller.patch(path, "{\"notes\":\"" + version + "\"}", "If-Match", "\"" + version + "\"");
            } catch (UncheckedIOException e) {
                return endOf(e);
            }
            if (reply.status() == 503) {
                return "503";
            }
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            // a body that breaks off would not be JSON
            assertThat(reply.version()).isEqualTo(version + 1);
            acknowledged.put(path, version + 1);
            writes.incrementAndGet();
        }
    }

    private static String endOf(UncheckedIOException e) {
        String message = String.valueOf(e.getMessage());
        // refused, or a connection that was closed between two requests
        boolean nothingReceived = e.getCause() instanceof java.net.ConnectException
                || message.contains("received no bytes")
                || message.contains("Connection reset")
                || message.contains("Broken pipe")
                || message.contains("GOAWAY")
                || message.contains("EOF reached while reading");
        return nothingReceived ? "not accepted" : message;
    }
}

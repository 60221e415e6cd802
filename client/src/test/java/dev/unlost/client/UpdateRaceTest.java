package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.client.InMemoryService.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UpdateRaceTest {

    private static final int CLIENTS = 8;
    private static final int EDITS = 60;
    private static final int RECORDS = 5;

    @Test
    void everyEditCountsOnceHoweverManyRacesAndLostAnswersThereAre() {
        InMemoryService service = new InMemoryService();
        for (int i = 0; i < RECORDS; i++) {
            service.put("r" + i, "0");
        }
        Random chance = new Random(4);
        service.faults(request -> {
            synchronized (chance) {
                return switch (chance.nextInt(40)) {
                    case 0 -> Fault.LOST_REQUEST;
                    case 1 -> Fault.LOST_ANSWER;
                    case 2 -> Fault.UNAVAILABLE;
                    default -> Fault.NONE;
                };
            }
        });

        try (TestServer server = new TestServer(service)) {
            List<CompletableFuture<Integer>> editors = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                int seed = c;
                editors.add(CompletableFuture.supplyAsync(() -> edit(server, seed), Thread::startVirtualThread));
            }
            editors.forEach(editor -> editor.orTimeout(120, TimeUnit.SECONDS).join());
        }

        LongStream counts = service.present().values().stream().mapToLong(record -> count(record.value()));
        assertThat(counts.sum()).isEqualTo(CLIENTS * EDITS);
        assertThat(service.versions().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(CLIENTS * EDITS + RECORDS);
    }

    private static int edit(TestServer server, int seed) {
        Random random = new Random(seed);
        try (UnlostClient client = UnlostClient.of(server.uri())
                .callRetries(RetryPolicy.CALLS.withAttempts(30))
                .conflictRetries(RetryPolicy.CONFLICTS.withAttempts(1000).withTime(Duration.ofSeconds(100)))
                .build()) {
            for (int i = 0; i < EDITS; i++) {
                client.customers()
                        .update(
                                "r" + random.nextInt(RECORDS),
                                customer -> customer.withNotes(Long.toString(count(customer) + 1)));
            }
        }
        return EDITS;
    }

    private static long count(Customer customer) {
        return customer.notes() == null ? 0 : Long.parseLong(customer.notes());
    }
}

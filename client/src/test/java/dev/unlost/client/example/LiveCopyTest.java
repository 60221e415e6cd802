package dev.unlost.client.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.client.Customer;
import dev.unlost.client.ServiceForTests;
import dev.unlost.client.Subscription;
import dev.unlost.client.UnlostClient;
import dev.unlost.client.Versioned;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveCopyTest {

    @Test
    void copyIsTheServersState() throws InterruptedException {
        try (ServiceForTests service = new ServiceForTests();
                UnlostClient client = UnlostClient.of(service.uri()).build()) {
            service.put("r1", "first");
            service.put("r2", "first");
            LiveCopy copy = new LiveCopy(client.customers(), new PrintStream(OutputStream.nullOutputStream()));
            CountDownLatch listed = new CountDownLatch(1);
            CountDownLatch lastSeen = new CountDownLatch(1);
            Subscription subscription = client.changes().ofType("customer").subscribe(event -> {
                copy.take(event);
                listed.countDown();
                if (copy.copy().containsKey("last")) {
                    lastSeen.countDown();
                }
            });
            assertThat(listed.await(30, TimeUnit.SECONDS)).isTrue();

            service.put("r1", "second");
            service.dropStreams();
            service.put("r1", "third");
            service.delete("r2");
            service.put("last", "change");

            assertThat(lastSeen.await(30, TimeUnit.SECONDS)).isTrue();
            subscription.close();
            assertThat(copy.copy()).isEqualTo(service.present());
            assertThat(copy.copy().get("r1"))
                    .extracting(Versioned::value)
                    .extracting(Customer::notes)
                    .isEqualTo("third");
        }
    }
}

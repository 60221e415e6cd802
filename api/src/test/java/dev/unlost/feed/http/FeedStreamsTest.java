package dev.unlost.feed.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;

class FeedStreamsTest {

    private static final StreamAccess.Grant GRANT = new StreamAccess.Grant("token", null);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FeedStreams streams = new FeedStreams(
            new StreamSettings(Duration.ofMillis(50), 1, 1, Duration.ofMillis(50), Duration.ofMinutes(1)),
            new StreamAccess(token -> {
                throw new BadJwtException(token);
            }),
            meters);

    @BeforeEach
    void start() {
        streams.start();
    }

    @AfterEach
    void stop() {
        streams.stop();
    }

    @Test
    void anErrorAtOneStreamNeitherKeepsItsRoomNorEndsTheCareForAllOthers() throws InterruptedException {
        // nobody opens these, so they are ended once they had time enough for it; there is room for one
        for (int i = 0; i < 3; i++) {
            Reader reader = new Reader();
            streams.admit("f-1", GRANT).read(reader);
            assertThat(reader.closed.await(10, TimeUnit.SECONDS)).isTrue();
            awaitRoom();
        }
    }

    private void awaitRoom() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> meters.get("unlost.feed.streams").gauge().value() == 0);
    }

    private static final class Reader implements FeedReader {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public @Nullable FeedItem poll() {
            return null;
        }

        @Override
        public String cursor() {
            return "c0";
        }

        @Override
        public void close() {
            closed.countDown();
            throw new OutOfMemoryError("a reader");
        }
    }
}

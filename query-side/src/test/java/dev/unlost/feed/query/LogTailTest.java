package dev.unlost.feed.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class LogTailTest {

    @Test
    void anErrorDoesNotEndTheTail() {
        FailingOnce database = new FailingOnce();
        LogTail tail = new LogTail(
                database,
                SimpleEventBus.builder().build(),
                new FanOut(new ChangeDecoder(Jackson3Serializer.builder().build(), NoOpEventUpcaster.INSTANCE), 8),
                new HorizonWatch(Duration.ofSeconds(10)),
                Duration.ofMillis(25));
        tail.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> database.asked.get() > 1);
        } finally {
            tail.stop();
        }
    }

    private static final class FailingOnce extends AbstractDataSource {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Connection getConnection() throws SQLException {
            if (asked.getAndIncrement() == 0) {
                throw new OutOfMemoryError("a connection");
            }
            throw new SQLException("there is none", "08001");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}

package dev.unlost.app.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.DefaultTransactionDefinition;

class WriteTransactionManagerTest {

    @Test
    void aTransactionThatCannotBeginGivesItsTurnBack() {
        WriteTransactionManager transactions = new WriteTransactionManager(new Exhausted(), 1, Duration.ofMillis(10));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> transactions.getTransaction(new DefaultTransactionDefinition()))
                    .isInstanceOf(CannotCreateTransactionException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    private static final class Exhausted extends AbstractDataSource {
        @Override
        public Connection getConnection() {
            throw new OutOfMemoryError("connection");
        }

        @Override
        public Connection getConnection(String username, String password) {
            return getConnection();
        }
    }
}

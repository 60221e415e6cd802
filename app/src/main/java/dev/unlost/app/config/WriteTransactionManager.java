package dev.unlost.app.config;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/**
 * Transactions of the write side, on JDBC. It lets no more of them begin than have connections to themselves, first come
 * first served: waiting at the pool instead starves single callers for seconds.
 */
final class WriteTransactionManager extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient Semaphore permits;
    private final transient Duration patience;

    /**
     * @param maxInFlight the most transactions at one time
     * @param patience how long one waits for its turn before it is refused
     */
    WriteTransactionManager(DataSource pool, int maxInFlight, Duration patience) {
        super(pool);
        this.permits = new Semaphore(maxInFlight, true);
        this.patience = patience;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        awaitTurn();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
    }

    private void awaitTurn() {
        try {
            if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CannotCreateTransactionException(
                        "too many writes in flight", new SQLTransientConnectionException("no turn in time"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("interrupted while waiting for a turn", e);
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            permits.release();
        }
    }
}

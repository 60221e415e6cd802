package dev.unlost.app.config;

import jakarta.persistence.EntityManagerFactory;
import java.util.Objects;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Transactions of the query side, on JPA. */
final class ReadTransactionManager extends JpaTransactionManager {

    private static final long serialVersionUID = 1L;

    ReadTransactionManager(EntityManagerFactory entityManagerFactory) {
        super(entityManagerFactory);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        try {
            CurrentFactory.setOn(Objects.requireNonNull(getDataSource()));
        } catch (RuntimeException e) {
            doCleanupAfterCompletion(transaction);
            throw e;
        }
    }
}

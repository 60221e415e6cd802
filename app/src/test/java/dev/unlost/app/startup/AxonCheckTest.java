package dev.unlost.app.startup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is accepted is shown by every test that starts the service. */
class AxonCheckTest {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

    @Test
    void workWithoutTransactionsIsRefused() {
        beans.addBean("transactions", NoTransactionManager.instance());
        assertRefused(NoTransactionManager.class);
    }

    @Test
    void missingBeanIsRefused() {
        assertRefused(TransactionManager.class);
    }

    @Test
    void eventStoreOfAnotherKindIsRefused() {
        beans.addBean("transactions", new SpringTransactionManager(new JdbcTransactionManager()));
        beans.addBean("engine", new InMemoryEventStorageEngine());
        assertRefused(EventStorageEngine.class);
    }

    @Test
    void tokenStoreWithoutADatabaseIsRefused() {
        AxonCheck check = new AxonCheck(beans);
        beans.addBean("tokens", new InMemoryTokenStore());
        assertThatThrownBy(check::checkTokenStore)
                .isInstanceOf(StartupRefused.class)
                .hasMessageContaining(InMemoryTokenStore.class.getName());
    }

    private void assertRefused(Class<?> named) {
        assertThatThrownBy(new AxonCheck(beans)::afterSingletonsInstantiated)
                .isInstanceOf(StartupRefused.class)
                .hasMessageContaining(named.getName());
    }
}

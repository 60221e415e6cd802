package dev.unlost.app.startup;

import java.util.function.Predicate;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Axon's auto-configuration quietly falls back to beans that work without a transaction or without a database where it
 * does not find what it looks for. This refuses them.
 */
@Component
class AxonCheck implements SmartInitializingSingleton {

    private final BeanFactory beans;

    AxonCheck(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        check(TransactionManager.class, type -> type != NoTransactionManager.class);
        check(EventStorageEngine.class, type -> type.getPackageName().startsWith("dev.unlost."));
        checkTokenStore();
    }

    void checkTokenStore() {
        check(TokenStore.class, type -> type != InMemoryTokenStore.class);
    }

    private <T> void check(Class<T> role, Predicate<Class<?>> accepted) {
        ObjectProvider<T> provider = beans.getBeanProvider(role);
        if (provider.stream().findAny().isEmpty()) {
            throw refused("There is no bean of type " + role.getName() + ".");
        }
        provider.stream()
                .map(AopUtils::getTargetClass)
                .filter(accepted.negate())
                .forEach(type -> {
                    throw refused("A bean of type %s is a %s.".formatted(role.getName(), type.getName()));
                });
    }

    private static StartupRefused refused(String problem) {
        return new StartupRefused(problem, "Declare the bean in the service's own configuration.");
    }
}

package dev.unlost.app.embedded;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Starts the embedded PostgreSQL where it is asked for, and tells the service of it through the same settings that name any
 * other database. It starts while the service reads its configuration; whoever asks for one of the settings waits for it.
 */
class EmbeddedPostgresInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final String NAME = "embeddedPostgres";

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmbeddedProperties properties =
                Binder.get(context.getEnvironment()).bindOrCreate("unlost.embedded", EmbeddedProperties.class);
        if (!properties.enabled()) {
            return;
        }
        FutureTask<EmbeddedPostgres> starting = new FutureTask<>(() -> EmbeddedPostgres.start(properties));
        Thread.ofPlatform().name("embedded-postgres").daemon().start(starting);
        context.getEnvironment().getPropertySources().addFirst(new Settings(starting));
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
            // Singletons are destroyed in the reverse order of their registration: this one after all that use it.
            registry.registerDisposableBean(NAME, (DisposableBean) () -> stop(starting));
        }
    }

    private static void stop(Future<EmbeddedPostgres> started) throws InterruptedException {
        try {
            started.get().close();
        } catch (ExecutionException e) {
            // there is none to stop; whoever asked for its settings was told why
        }
    }

    private static final class Settings extends EnumerablePropertySource<Future<EmbeddedPostgres>> {

        Settings(Future<EmbeddedPostgres> starting) {
            super(NAME, starting);
        }

        @Override
        public String[] getPropertyNames() {
            return PreparedDatabase.SETTINGS.keySet().toArray(String[]::new);
        }

        @Override
        public @Nullable Object getProperty(String name) {
            Function<PreparedDatabase, String> setting = PreparedDatabase.SETTINGS.get(name);
            return setting == null ? null : setting.apply(database());
        }

        private PreparedDatabase database() {
            try {
                return source.get().database();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException refused
                        ? refused
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}

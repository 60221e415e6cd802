package dev.unlost.app.embedded;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the embedded PostgreSQL where it is asked for, before there is any bean, and tells the service of it through
 * the same settings that name any other database.
 */
class EmbeddedPostgresInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

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
        EmbeddedPostgres postgres = EmbeddedPostgres.start(properties);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "embeddedPostgres", postgres.database().properties()));
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
            // Singletons are destroyed in the reverse order of their registration: this one after all that use it.
            registry.registerDisposableBean("embeddedPostgres", (DisposableBean) postgres::close);
        }
    }
}

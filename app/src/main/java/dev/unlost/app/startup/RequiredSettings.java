package dev.unlost.app.startup;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Refuses a configuration that lacks what has no safe default, before anything is started. */
class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
    }

    static void check(Environment environment) {
        if (!environment.acceptsProfiles(Profiles.of("dev"))) {
            require(environment, JWT + "issuer-uri", "who issues the access tokens");
            if (environment.containsProperty("unlost.clock.offset")) {
                throw new StartupRefused(
                        "unlost.clock.offset sets the clock wrong, which only the development profile may.",
                        "Remove it.");
            }
        }
        if (environment.getProperty("unlost.embedded.enabled", boolean.class, false)) {
            if (environment.containsProperty("spring.datasource.url")) {
                throw new StartupRefused(
                        "Both spring.datasource.url and the embedded PostgreSQL are asked for.",
                        "Set unlost.embedded.enabled=false to use the former, or remove it to use the latter.");
            }
        } else {
            require(environment, "spring.datasource.url", "the database");
            require(environment, "spring.datasource.username", "the role that the service reads and writes as");
            if (environment.getProperty("spring.flyway.enabled", boolean.class, true)) {
                require(environment, "spring.flyway.user", "the role that owns the tables and migrates them");
            }
        }
    }

    private static void require(Environment environment, String property, String meaning) {
        String value = environment.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new StartupRefused(
                    "%s is not set: %s.".formatted(property, meaning),
                    "Set it (docs/operations.md), or try the service with the development profile,"
                            + " --spring.profiles.active=dev.");
        }
    }
}

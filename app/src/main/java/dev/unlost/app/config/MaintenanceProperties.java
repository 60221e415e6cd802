package dev.unlost.app.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The role that works across factories: rebuild, verify, the log's readers. It uses the database of
 * {@code spring.datasource.url}.
 *
 * @param poolSize the most connections at one time
 */
@ConfigurationProperties("unlost.maintenance")
record MaintenanceProperties(
        @DefaultValue("unlost_maintenance") String username,
        @DefaultValue("") String password,
        @DefaultValue("12") int poolSize) {}

package dev.unlost.versioning.query;

import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/**
 * The read model is read through JPA, in transactions of its own. Without this its repositories would look for the
 * transactions of writes.
 */
@Configuration(proxyBeanMethods = false)
@EnableJpaRepositories(basePackages = "dev.unlost", transactionManagerRef = "readTransactionManager")
class ReadModelConfiguration {}

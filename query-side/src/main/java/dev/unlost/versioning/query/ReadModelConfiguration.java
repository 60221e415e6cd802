package dev.unlost.versioning.query;

import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The read model is read through JPA, each question by itself and without a transaction. */
@Configuration(proxyBeanMethods = false)
@EnableJpaRepositories(basePackages = "dev.unlost", enableDefaultTransactions = false)
class ReadModelConfiguration {}

package dev.unlost.metahub.command;

import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubEvent;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.command.AdvisoryLocks;
import dev.unlost.versioning.command.GuardedRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class MetahubCommandConfiguration {

    @Bean
    MetahubType hubType() {
        return MetahubType.HUB;
    }

    @Bean
    MetahubType catalogType() {
        return MetahubType.CATALOG;
    }

    @Bean
    MetahubType attributeType() {
        return MetahubType.ATTRIBUTE;
    }

    @Bean
    MetahubType elementType() {
        return MetahubType.ELEMENT;
    }

    @Bean
    GuardedRepository<MetahubRecord, MetahubDetails, MetahubEvent> metahubRepository(
            GuardedRepository.Foundation foundation,
            ParameterResolverFactory parameterResolvers,
            HandlerDefinition handlers) {
        return new GuardedRepository<>(
                MetahubRecord.class,
                EventSourcingRepository.builder(MetahubRecord.class)
                        .parameterResolverFactory(parameterResolvers)
                        .handlerDefinition(handlers),
                MetahubType.ALL,
                MetahubRecord::new,
                foundation);
    }

    @Bean
    MetahubSetRules metahubSetRules(JdbcTemplate jdbc, AdvisoryLocks locks, RecordLog log) {
        return new MetahubSetRules(new MetahubSets(jdbc), locks, log);
    }
}

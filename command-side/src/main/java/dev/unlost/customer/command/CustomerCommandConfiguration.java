package dev.unlost.customer.command;

import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.command.GuardedRepository;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CustomerCommandConfiguration {

    @Bean
    CustomerType customerType() {
        return CustomerType.INSTANCE;
    }

    @Bean
    GuardedRepository<Customer, CustomerDetails, CustomerEvent> customerRepository(
            GuardedRepository.Foundation foundation,
            ParameterResolverFactory parameterResolvers,
            HandlerDefinition handlers) {
        return new GuardedRepository<>(
                Customer.class,
                EventSourcingRepository.builder(Customer.class)
                        .parameterResolverFactory(parameterResolvers)
                        .handlerDefinition(handlers),
                List.of(CustomerType.INSTANCE),
                Customer::new,
                foundation);
    }
}

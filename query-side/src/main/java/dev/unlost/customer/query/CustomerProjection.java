package dev.unlost.customer.query;

import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.query.RecordProjection;
import dev.unlost.versioning.query.RecordTable;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Writes customers' events onto their rows. */
@Component
@ProcessingGroup("records")
class CustomerProjection extends RecordProjection<CustomerDetails, CustomerEvent> {

    CustomerProjection(RecordTable<CustomerDetails, CustomerEvent> table, JdbcOperations jdbc, RecordLog log) {
        super(List.of(table), jdbc, log);
    }

    @EventHandler
    void on(CustomerEvent event, DomainEventMessage<?> message) {
        project(event, message);
    }
}

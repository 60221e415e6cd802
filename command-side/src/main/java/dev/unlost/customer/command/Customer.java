package dev.unlost.customer.command;

import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerCommand.DeleteCustomerCommand;
import dev.unlost.customer.CustomerCommand.ReplaceCustomerCommand;
import dev.unlost.customer.CustomerCommand.RestoreCustomerCommand;
import dev.unlost.customer.CustomerCommand.UpdateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.command.RecordAggregate;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.conflictresolution.ConflictResolver;
import org.axonframework.messaging.MetaData;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** What may be done to a customer. */
@Aggregate(type = "customer", repository = "customerRepository", commandTargetResolver = "recordTargetResolver")
class Customer extends RecordAggregate<CustomerDetails, CustomerEvent> {

    Customer(RecordKey key, @Nullable RecordView<CustomerDetails> view) {
        super(CustomerType.INSTANCE, key, view);
    }

    @CommandHandler
    RecordView<CustomerDetails> handle(CreateCustomerCommand command, MetaData metaData, Clock clock) {
        RecordView<CustomerDetails> created = append(new CustomerCreated(command.details()), command, metaData, clock);
        // only now is it known what they must say; a refusal takes the event back
        command.readOnly().mustMatch(created);
        return created;
    }

    @CommandHandler
    RecordView<CustomerDetails> handle(
            UpdateCustomerCommand command, MetaData metaData, Clock clock, ConflictResolver unseen) {
        mustNotOverlap(command, unseen);
        return become(command.patch().applyTo(current().details()), Customer::updated, command, metaData, clock);
    }

    @CommandHandler
    RecordView<CustomerDetails> handle(ReplaceCustomerCommand command, MetaData metaData, Clock clock) {
        return become(command.details(), Customer::updated, command, metaData, clock);
    }

    @CommandHandler
    RecordView<CustomerDetails> handle(DeleteCustomerCommand command, MetaData metaData, Clock clock) {
        return append(new CustomerDeleted(), command, metaData, clock);
    }

    @CommandHandler
    RecordView<CustomerDetails> handle(RestoreCustomerCommand command, MetaData metaData, Clock clock, RecordLog log) {
        CustomerDetails wanted = contentsAt(command.toVersion(), log);
        return become(
                wanted,
                (before, after) -> new CustomerRestored(command.toVersion(), CustomerChanges.between(before, after)),
                command,
                metaData,
                clock);
    }

    private static CustomerEvent updated(CustomerDetails before, CustomerDetails after) {
        return new CustomerUpdated(CustomerChanges.between(before, after));
    }
}

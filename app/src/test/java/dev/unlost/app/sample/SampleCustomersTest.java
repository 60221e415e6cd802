package dev.unlost.app.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

class SampleCustomersTest {

    @Test
    void fileHoldsCustomersAsTheyCome() throws Exception {
        assertThat(SampleCustomers.read())
                .hasSize(42)
                .extracting(CreateCustomerCommand::details)
                .contains(
                        new CustomerDetails(
                                "Ana Trujillo Emparedados y helados",
                                "Ana Trujillo",
                                "Owner",
                                null,
                                "(5) 555-4729",
                                new Address("Avda. de la Constitución 2222", "México D.F.", null, "05021", "MX"),
                                List.of(),
                                null),
                        new CustomerDetails(
                                "Hungry Owl All-Night Grocers",
                                "Patricia McKenna",
                                "Sales Associate",
                                null,
                                "2967 542",
                                new Address("8 Johnstown Road", "Cork", "Co. Cork", null, "IE"),
                                List.of(),
                                null));
    }

    @Test
    void everyCustomerHasAnIdOfItsOwnThatStays() throws Exception {
        List<String> ids =
                SampleCustomers.read().stream().map(CreateCustomerCommand::id).toList();
        assertThat(ids).doesNotHaveDuplicates().startsWith("4549d2b8-34ae-3076-9ef8-f47fe6524e3a");
        assertThat(SampleCustomers.read()).extracting(CreateCustomerCommand::id).isEqualTo(ids);
    }

    @Test
    void customersThatAreThereAlreadyAreLeftAlone() throws Exception {
        Map<String, CommandMessage<?>> accepted = new HashMap<>();
        SampleCustomers loader = new SampleCustomers(gateway(accepted));
        loader.run(new DefaultApplicationArguments());
        loader.run(new DefaultApplicationArguments());
        assertThat(accepted).hasSize(42);
        assertThat(accepted.values())
                .extracting(message -> Origin.of(message.getMetaData()))
                .containsOnly(new Origin("northwind", "sample-data", null));
    }

    private static CommandGateway gateway(Map<String, CommandMessage<?>> accepted) {
        CommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(CreateCustomerCommand.class.getName(), message -> {
            CreateCustomerCommand command = (CreateCustomerCommand) message.getPayload();
            if (accepted.putIfAbsent(command.id(), message) != null) {
                throw new Refusal.VersionConflict(
                        new Conflict(Conflict.Reason.EXISTS, null, existing(command), List.of()));
            }
            return null;
        });
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }

    private static RecordView<CustomerDetails> existing(CreateCustomerCommand command) {
        return new RecordView<>(
                CustomerType.INSTANCE.key(command.id()),
                SampleCustomers.FACTORY,
                1,
                false,
                Instant.EPOCH,
                "sample-data",
                Instant.EPOCH,
                "sample-data",
                command.details());
    }
}

package dev.unlost.app.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Creates the sample customers by the commands that users send. A customer's id follows from its name, so that each is
 * created once, whatever nodes start however often; one that was changed or deleted since stays so.
 */
@Component
@ConditionalOnBooleanProperty("unlost.sample.enabled")
class SampleCustomers implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SampleCustomers.class);

    static final String FACTORY = "northwind";

    private static final Origin ORIGIN = new Origin(FACTORY, "sample-data", null);

    private final CommandGateway commands;

    SampleCustomers(CommandGateway commands) {
        this.commands = commands;
    }

    @Override
    public void run(ApplicationArguments args) throws IOException {
        List<CreateCustomerCommand> customers = read();
        long created = customers.stream().filter(this::create).count();
        LOG.info(
                "Sample customers of factory {}: {} created, {} there already",
                FACTORY,
                created,
                customers.size() - created);
    }

    static List<CreateCustomerCommand> read() throws IOException {
        CsvMapper csv =
                CsvMapper.builder().enable(CsvReadFeature.EMPTY_STRING_AS_NULL).build();
        try (InputStream in = new ClassPathResource("sample/northwind-customers.csv").getInputStream();
                MappingIterator<Row> rows = csv.readerFor(Row.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(in)) {
            return rows.readAll().stream().map(Row::toCommand).toList();
        }
    }

    private boolean create(CreateCustomerCommand customer) {
        CommandMessage<CreateCustomerCommand> message = GenericCommandMessage.<CreateCustomerCommand>asCommandMessage(
                        customer)
                .andMetaData(ORIGIN.toMetaData());
        try {
            commands.sendAndWait(message);
            return true;
        } catch (Refusal.VersionConflict alreadyThere) {
            return false;
        }
    }

    /** A line of the file. */
    record Row(
            String name,
            @Nullable String contactName,
            @Nullable String contactTitle,
            @Nullable String street,
            @Nullable String city,
            @Nullable String region,
            @Nullable String postalCode,
            @Nullable String country,
            @Nullable String phone) {

        CreateCustomerCommand toCommand() {
            return new CreateCustomerCommand(
                    UUID.nameUUIDFromBytes((FACTORY + "/" + name).getBytes(UTF_8))
                            .toString(),
                    new CustomerDetails(
                            name,
                            contactName,
                            contactTitle,
                            null,
                            phone,
                            new Address(street, city, region, postalCode, country),
                            List.of(),
                            null));
        }
    }
}

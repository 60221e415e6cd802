package dev.unlost.http;

import dev.unlost.customer.CustomerCommand;
import dev.unlost.customer.CustomerQuery;
import dev.unlost.people.PeopleCommand.RememberPersonCommand;
import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.versioning.AtomicBatch;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Outcome;
import dev.unlost.versioning.RecordQuery.Blame;
import dev.unlost.versioning.RecordQuery.CompareVersions;
import dev.unlost.versioning.RecordQuery.Comparison;
import dev.unlost.versioning.RecordQuery.ExplainFields;
import dev.unlost.versioning.RecordQuery.FindAsOf;
import dev.unlost.versioning.RecordQuery.FindVersion;
import dev.unlost.versioning.RecordQuery.HistoryPage;
import dev.unlost.versioning.RecordQuery.ListHistory;
import dev.unlost.versioning.RecordView;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The edge alone, on Axon's buses, with nothing behind them but what a test says. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan("dev.unlost")
public class EdgeService {

    /** What lies behind the edge. */
    static final class Behind {

        /** What came through: commands and queries, with their origins. */
        final List<Object> asked = new CopyOnWriteArrayList<>();

        final List<Origin> origins = new CopyOnWriteArrayList<>();

        volatile Function<Object, Object> customers = question -> {
            throw new IllegalStateException("nobody expected " + question);
        };

        volatile Function<RememberPersonCommand, Object> people = command -> "";

        volatile Map<String, Person> known = Map.of();
    }

    @Bean
    Behind behind() {
        return new Behind();
    }

    @Bean
    CommandGateway commandGateway(Behind behind) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        for (Class<?> type : CustomerCommand.class.getPermittedSubclasses()) {
            bus.subscribe(type.getName(), message -> {
                behind.asked.add(message.getPayload());
                behind.origins.add(Origin.of(message.getMetaData()));
                Object answer = behind.customers.apply(message.getPayload());
                return answer instanceof RecordView<?> view ? new Outcome(view, false, false) : answer;
            });
        }
        bus.subscribe(AtomicBatch.class.getName(), message -> {
            behind.asked.add(message.getPayload());
            return behind.customers.apply(message.getPayload());
        });
        bus.subscribe(RememberPersonCommand.class.getName(), message -> {
            behind.asked.add(message.getPayload());
            return behind.people.apply((RememberPersonCommand) message.getPayload());
        });
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }

    @Bean
    QueryGateway queryGateway(Behind behind) {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        bus.subscribe(CustomerQuery.FindCustomer.class.getName(), RecordView.class, message -> {
            behind.asked.add(message.getPayload());
            return Optional.ofNullable(behind.customers.apply(message.getPayload()))
                    .orElse(null);
        });
        bus.subscribe(CustomerQuery.ListCustomers.class.getName(), CustomerQuery.CustomerPage.class, message -> {
            behind.asked.add(message.getPayload());
            return behind.customers.apply(message.getPayload());
        });
        Map.of(
                        FindVersion.class, RecordView.class,
                        FindAsOf.class, RecordView.class,
                        ListHistory.class, HistoryPage.class,
                        CompareVersions.class, Comparison.class,
                        ExplainFields.class, Blame.class)
                .forEach((query, answer) -> bus.subscribe(query.getName(), answer, message -> {
                    behind.asked.add(message.getPayload());
                    return behind.customers.apply(message.getPayload());
                }));
        bus.subscribe(FindPeople.class.getName(), Map.class, message -> behind.known);
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }

    @Bean
    KeyPair developmentSigningKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}

package dev.unlost.customer.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.FindCustomer;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerType;
import dev.unlost.support.Database;
import dev.unlost.support.Persistence;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.query.ProjectionStatus;
import dev.unlost.versioning.query.ProjectionStatus.Operation;
import dev.unlost.versioning.query.ProjectionStatus.State;
import dev.unlost.versioning.query.Projections;
import dev.unlost.versioning.query.RecordProjections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The module's own beans over a test database, used the way the service uses them: by events and queries. */
final class ReadModel implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    final Database database = new Database();
    final EventTableLog log = new EventTableLog(database.app(), database.maintenance());
    final Projections projections;

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final TransactionTemplate write;
    private final RecordProjections projection;
    private final SimpleQueryBus queries = SimpleQueryBus.builder().build();
    private final AtomicLong microseconds = new AtomicLong();

    ReadModel() {
        this(dataSource -> dataSource);
    }

    /** @param observed wraps the data source that queries are answered from */
    ReadModel(UnaryOperator<DataSource> observed) {
        DataSource app = observed.apply(database.app());
        context.registerBean("dataSource", DataSource.class, () -> app, definition -> definition.setPrimary(true));
        context.registerBean("maintenanceDataSource", DataSource.class, database::maintenance);
        context.registerBean(RecordLog.class, () -> log);
        context.register(Beans.class);
        context.refresh();
        write = new TransactionTemplate(context.getBean("transactionManager", PlatformTransactionManager.class));
        projection = context.getBean(RecordProjections.class);
        new AnnotationQueryHandlerAdapter<>(context.getBean(CustomerQueries.class)).subscribe(queries);
        new AnnotationQueryHandlerAdapter<>(context.getBean("pastQueries")).subscribe(queries);
        projections = context.getBean(Projections.class);
    }

    /** Appends the event and projects it, in one transaction. */
    void append(String factory, String id, long version, CustomerEvent event) {
        append(factory, id, version, event, true);
    }

    /** Appends the event; a projection that does not see it is one that is damaged. */
    void append(String factory, String id, long version, CustomerEvent event, boolean project) {
        Origin origin = new Origin(factory, "writer", null);
        Instant at = START.plus(microseconds.incrementAndGet(), ChronoUnit.MICROS);
        DomainEventMessage<CustomerEvent> message = new GenericDomainEventMessage<>(
                "customer",
                CustomerType.INSTANCE.key(id).toString(),
                version - 1,
                event,
                EventMetaData.of(origin, at, ExpectedVersion.UNCONDITIONAL));
        within(factory, () -> {
            write.executeWithoutResult(status -> {
                log.append(message);
                if (project) {
                    projection.write(message);
                }
            });
            return version;
        });
    }

    /** Hands an event to the projection without appending it. */
    void projectOnly(String factory, String id, long version, CustomerEvent event) {
        Map<String, Object> metaData =
                EventMetaData.of(new Origin(factory, "writer", null), START, ExpectedVersion.UNCONDITIONAL);
        DomainEventMessage<CustomerEvent> message = new GenericDomainEventMessage<>(
                "customer", CustomerType.INSTANCE.key(id).toString(), version - 1, event, metaData);
        within(factory, () -> {
            write.executeWithoutResult(status -> projection.write(message));
            return version;
        });
    }

    Optional<RecordView<CustomerDetails>> fromLog(String factory, String id) {
        return requireNonNull(within(
                factory,
                () -> requireNonNull(
                        write.execute(status -> log.current(CustomerType.INSTANCE, CustomerType.INSTANCE.key(id))))));
    }

    @SuppressWarnings("unchecked") // what the query is declared to answer with
    Optional<RecordView<CustomerDetails>> find(String factory, String id) {
        return ask(factory, new FindCustomer(id), ResponseTypes.optionalInstanceOf(RecordView.class))
                .map(view -> (RecordView<CustomerDetails>) view);
    }

    CustomerPage list(String factory, ListCustomers query) {
        return ask(factory, query, ResponseTypes.instanceOf(CustomerPage.class));
    }

    <R> R ask(String factory, Object query, ResponseType<R> type) {
        var message =
                new GenericQueryMessage<>(query, type).andMetaData(new Origin(factory, "reader", null).toMetaData());
        var answer = queries.query(message).join();
        if (answer.isExceptional()) {
            throw (RuntimeException) answer.exceptionResult();
        }
        return answer.getPayload();
    }

    static <R> R within(String factory, Supplier<R> work) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(
                new GenericMessage<>("work", MetaData.from(new Origin(factory, "writer", null).toMetaData())));
        ResultMessage<R> result = unitOfWork.executeWithResult(work::get);
        if (result.isExceptional()) {
            throw (RuntimeException) result.exceptionResult();
        }
        return result.getPayload();
    }

    /** @return the status at the end */
    ProjectionStatus run(Operation operation) {
        assertThat(projections.start("customer", operation)).isPresent();
        return awaitEnd();
    }

    ProjectionStatus awaitEnd() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> projections.find("customer").orElseThrow().state() != State.RUNNING);
        return projections.find("customer").orElseThrow();
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({"dev.unlost.customer.query", "dev.unlost.people.query", "dev.unlost.versioning.query"})
    @Import(Persistence.class)
    static class Beans {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }
    }
}

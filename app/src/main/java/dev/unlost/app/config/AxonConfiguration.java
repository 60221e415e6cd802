package dev.unlost.app.config;

import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.command.AcceptedRequests;
import dev.unlost.versioning.command.AdvisoryLocks;
import dev.unlost.versioning.command.DryRunInterceptor;
import dev.unlost.versioning.command.EventStoreRecordLog;
import dev.unlost.versioning.command.GuardedRepository;
import dev.unlost.versioning.command.JdbcLogIndex;
import dev.unlost.versioning.command.JdbcSnapshots;
import dev.unlost.versioning.command.NamedEventSerializer;
import dev.unlost.versioning.command.OutcomeInterceptor;
import dev.unlost.versioning.command.PostgresEventStorageEngine;
import dev.unlost.versioning.command.RaceRetryScheduler;
import dev.unlost.versioning.command.RecordCache;
import dev.unlost.versioning.command.RecordTargetResolver;
import dev.unlost.versioning.command.RulesAcrossRecords;
import dev.unlost.versioning.command.SetRules;
import dev.unlost.versioning.command.StaleCopyInterceptor;
import dev.unlost.versioning.query.RecordProjections;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Axon on PostgreSQL. Everything that Axon could choose is chosen here: on this version of Spring Boot its
 * auto-configuration silently falls back to no transactions and an in-memory token store.
 */
@Configuration(proxyBeanMethods = false)
class AxonConfiguration {

    /** How often streaming readers look for events of other nodes, in milliseconds. */
    private static final int POLL_MILLIS = 25;

    private static final int HISTORY_BATCH = 100;

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactionManager) {
        return new SpringTransactionManager(transactionManager);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(List<RecordType<?, ?>> types) {
        return new NamedEventSerializer(types);
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            DataSource dataSource,
            @Qualifier("maintenanceDataSource") DataSource maintenance,
            ObjectProvider<RecordProjections> projections,
            @Qualifier("eventSerializer") Serializer serializer) {
        return new PostgresEventStorageEngine(
                dataSource,
                maintenance,
                new ProjectedReadModel(SingletonSupplier.of(projections::getObject)),
                serializer,
                HISTORY_BATCH);
    }

    @Bean
    EventStore eventStore(EventStorageEngine engine) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                .fetchDelay(POLL_MILLIS)
                .build();
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .schema(TokenSchema.builder()
                        .setTokenTable("unlost.token_entry")
                        .build())
                .build();
    }

    @Bean
    CommandTargetResolver recordTargetResolver() {
        return new RecordTargetResolver();
    }

    @Bean
    RecordCache recordCache(WriteProperties properties) {
        return new RecordCache(properties.cacheSize().toBytes());
    }

    @Bean
    AdvisoryLocks advisoryLocks(JdbcTemplate jdbc, WriteProperties properties) {
        return new AdvisoryLocks(jdbc, properties.maxWaitingPerFactory());
    }

    @Bean
    JdbcSnapshots snapshots(JdbcTemplate jdbc, JsonMapper mapper, WriteProperties properties) {
        return new JdbcSnapshots(jdbc, mapper, properties.snapshotEvery());
    }

    @Bean
    RecordLog recordLog(
            EventStore eventStore,
            JdbcSnapshots snapshots,
            JdbcTemplate jdbc,
            @Qualifier("maintenanceDataSource") DataSource maintenance,
            @Qualifier("eventSerializer") Serializer serializer) {
        JdbcTemplate acrossFactories = new JdbcTemplate(maintenance);
        acrossFactories.setFetchSize(HISTORY_BATCH);
        return new EventStoreRecordLog(eventStore, snapshots, new JdbcLogIndex(jdbc, acrossFactories, serializer));
    }

    @Bean
    GuardedRepository.Foundation recordFoundation(
            EventStore eventStore,
            RecordLog log,
            JdbcSnapshots snapshots,
            RecordCache cache,
            WriteProperties properties) {
        return new GuardedRepository.Foundation(eventStore, log, snapshots, cache, properties.patience());
    }

    @Bean
    AcceptedRequests acceptedRequests(JdbcTemplate jdbc) {
        return new AcceptedRequests(jdbc);
    }

    @Bean
    RulesAcrossRecords rulesAcrossRecords(List<SetRules> rules) {
        return new RulesAcrossRecords(rules);
    }

    @Bean
    CommandGateway commandGateway(
            CommandBus commandBus,
            EventStore eventStore,
            EventStorageEngine engine,
            RecordCache cache,
            AcceptedRequests requests,
            RecordLog log,
            List<RecordType<?, ?>> types,
            RulesAcrossRecords rules) {
        // outermost first: a dry run is taken back when all is decided, and only what another node has not overtaken is
        // remembered
        commandBus.registerHandlerInterceptor(new DryRunInterceptor(engine, cache));
        commandBus.registerHandlerInterceptor(new OutcomeInterceptor(requests, eventStore, log, types));
        commandBus.registerHandlerInterceptor(new StaleCopyInterceptor(engine, cache));
        commandBus.registerHandlerInterceptor(rules::handle);
        return DefaultCommandGateway.builder()
                .commandBus(commandBus)
                .retryScheduler(new RaceRetryScheduler())
                .build();
    }

    /** Queries begin read-only transactions of their own, on JPA; one of Axon's around them would be a write's. */
    @Bean
    QueryBus queryBus() {
        return SimpleQueryBus.builder()
                .transactionManager(NoTransactionManager.INSTANCE)
                .build();
    }
}

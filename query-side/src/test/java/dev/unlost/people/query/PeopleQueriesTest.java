package dev.unlost.people.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The people of a factory, asked for over the query bus and read under row-level security. */
class PeopleQueriesTest {

    private static EmbeddedPostgres postgres;
    private static AnnotationConfigApplicationContext context;
    private static QueryGateway queries;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        JdbcTemplate admin = new JdbcTemplate(postgres.getPostgresDatabase());
        for (String role : List.of("unlost_owner", "unlost_app", "unlost_maintenance")) {
            admin.execute("create role " + role + " login");
        }
        admin.execute("create schema unlost authorization unlost_owner");
        JdbcTemplate owner = new JdbcTemplate(postgres.getDatabase("unlost_owner", "postgres"));
        for (String migration : List.of("V1__log", "V2__playbook", "V3__people")) {
            owner.execute(
                    Files.readString(Path.of("../command-side/src/main/resources/db/migration/" + migration + ".sql")));
        }
        admin.execute(
                "insert into unlost.person (factory_id, id, email, nickname) values "
                        + "('north', 'u-1', 'ann@example.com', 'Ann'), ('north', 'u-2', null, null), ('south', 'u-1', null, 'Annie')");

        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> postgres.getDatabase("unlost_app", "postgres"));
        context.register(Beans.class);
        context.refresh();
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(context.getBean(PeopleQueries.class)).subscribe(bus);
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    @AfterAll
    static void stop() throws IOException {
        context.close();
        postgres.close();
    }

    @Test
    void whoIsKnownIsFoundByIdAndWhoIsNotIsMissing() {
        assertThat(find("north", Set.of("u-1", "u-2", "u-3")))
                .isEqualTo(Map.of(
                        "u-1", new Person("u-1", "ann@example.com", "Ann"), "u-2", new Person("u-2", null, null)));
    }

    @Test
    void eachFactoryHasItsOwnDescriptionOfAPerson() {
        assertThat(find("south", Set.of("u-1", "u-2"))).isEqualTo(Map.of("u-1", new Person("u-1", null, "Annie")));
        assertThat(find("west", Set.of("u-1"))).isEmpty();
    }

    @Test
    void nobodyIsFoundWhereNobodyIsAskedFor() {
        assertThat(find("north", Set.of())).isEmpty();
    }

    private static Map<?, ?> find(String factory, Set<String> ids) {
        return queries.query(
                        FindPeople.class.getName(),
                        new GenericMessage<>(new FindPeople(ids), new Origin(factory, "reader", null).toMetaData()),
                        ResponseTypes.instanceOf(Map.class))
                .join();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @EnableJpaRepositories(transactionManagerRef = "readTransactionManager")
    @Import(PeopleQueries.class)
    static class Beans {

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan("dev.unlost.people.query");
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(Map.of(
                    "hibernate.hbm2ddl.auto",
                    "validate",
                    "hibernate.physical_naming_strategy",
                    PhysicalNamingStrategySnakeCaseImpl.class.getName()));
            return factory;
        }

        @Bean
        PlatformTransactionManager readTransactionManager(
                EntityManagerFactory entityManagerFactory, DataSource database) {
            return new FactoryTransactionManager(entityManagerFactory, database);
        }
    }

    /** Tells the database the factory of the query, as the service does. */
    @SuppressWarnings("serial") // never serialised
    private static final class FactoryTransactionManager extends JpaTransactionManager {

        private final transient JdbcTemplate jdbc;

        FactoryTransactionManager(EntityManagerFactory entityManagerFactory, DataSource database) {
            super(entityManagerFactory);
            setDataSource(database);
            jdbc = new JdbcTemplate(database);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            super.doBegin(transaction, definition);
            jdbc.queryForObject(
                    "select set_config('unlost.factory', ?, true)",
                    String.class,
                    Origin.ofWorkInProgress().orElseThrow().factoryId());
        }
    }
}

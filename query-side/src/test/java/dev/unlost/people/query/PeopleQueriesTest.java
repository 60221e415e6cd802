package dev.unlost.people.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.support.Database;
import dev.unlost.support.Persistence;
import dev.unlost.versioning.Origin;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The people of a factory, asked for over the query bus and read under row-level security. */
class PeopleQueriesTest {

    private static Database database;
    private static AnnotationConfigApplicationContext context;
    private static QueryGateway queries;

    @BeforeAll
    static void start() {
        database = new Database();
        database.as("postgres").update("""
                insert into unlost.person (factory_id, id, email, nickname) values
                  ('north', 'u-1', 'ann@example.com', 'Ann'),
                  ('north', 'u-2', null, null),
                  ('south', 'u-1', null, 'Annie')""");
        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, database::app);
        context.register(Beans.class);
        context.refresh();
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(context.getBean(PeopleQueries.class)).subscribe(bus);
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
    }

    @AfterAll
    static void stop() {
        context.close();
        database.close();
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
    @EnableJpaRepositories(enableDefaultTransactions = false)
    @Import({Persistence.class, PeopleQueries.class})
    static class Beans {}
}

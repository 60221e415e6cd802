package dev.unlost.people.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.unlost.people.PeopleCommand.RememberPersonCommand;
import dev.unlost.people.Person;
import dev.unlost.playbook.Database;
import dev.unlost.versioning.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PersonRegisterTest {

    private static final DataSource APP = Database.dataSource("unlost_app");

    private final JdbcClient jdbc = JdbcClient.create(APP);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(APP));
    private final PersonRegister register = new PersonRegister(jdbc);

    /** Tests share the database, so each has factories of its own. */
    private final String north = "north-" + UUID.randomUUID();

    private final String south = "south-" + UUID.randomUUID();

    @Test
    void somebodyNewIsRemembered() {
        remember(north, new Person("u-1", "ann@example.com", "Ann"));
        remember(north, new Person("u-2", null, null));

        assertThat(people(north)).containsExactly("u-1 ann@example.com Ann 1", "u-2 null null 1");
    }

    @Test
    void whatChangedIsRememberedAndCounted() {
        remember(north, new Person("u-1", "ann@example.com", "Ann"));
        remember(north, new Person("u-1", "ann@example.com", "Anna"));
        remember(north, new Person("u-1", null, "Anna"));

        assertThat(people(north)).containsExactly("u-1 null Anna 3");
    }

    @Test
    void somebodyKnownCostsNeitherAWriteNorATransactionId() {
        Person ann = new Person("u-1", null, "Ann");
        assertThat(rememberAndTellTransactionId(north, ann)).isNotNull();

        assertThat(rememberAndTellTransactionId(north, ann)).isNull();

        assertThat(people(north)).containsExactly("u-1 null Ann 1");
    }

    @Test
    void onePersonMayWorkInSeveralFactories() {
        remember(north, new Person("u-1", null, "Ann"));
        remember(south, new Person("u-1", null, "Annie"));

        assertThat(people(north)).containsExactly("u-1 null Ann 1");
        assertThat(people(south)).containsExactly("u-1 null Annie 1");
    }

    @Test
    void requestsOfOnePersonAtTheSameTimeRememberThemOnce() throws Exception {
        int requests = 16;
        CyclicBarrier start = new CyclicBarrier(requests);
        Person ann = new Person("u-1", "ann@example.com", "Ann");
        try (ExecutorService threads = Executors.newFixedThreadPool(requests)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    remember(north, ann);
                    return null;
                }));
            }
            for (Future<?> request : running) {
                request.get();
            }
        }

        assertThat(people(north)).containsExactly("u-1 ann@example.com Ann 1");
    }

    @Test
    void theDatabaseRefusesAnotherFactorysPeople() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> in(south, () -> {
                    register.remember(new RememberPersonCommand(new Person("u-1", null, "Ann")), from(north));
                    return true;
                }))
                .havingRootCause()
                .withMessageContaining("row-level security");

        assertThat(people(north)).isEmpty();
        assertThat(people(south)).isEmpty();
    }

    @Test
    void nobodyChoosesAVersionAndNobodyIsForgotten() {
        remember(north, new Person("u-1", null, "Ann"));
        for (String forbidden : List.of(
                "update unlost.person set version = 7",
                "update unlost.person set id = 'u-9'",
                "delete from unlost.person",
                "truncate unlost.person")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> in(north, () -> jdbc.sql(forbidden).update()))
                    .havingRootCause()
                    .withMessageContaining("permission denied");
        }

        assertThat(people(north)).containsExactly("u-1 null Ann 1");
    }

    @Test
    void withoutAFactoryThereIsNobody() {
        remember(north, new Person("u-1", null, "Ann"));

        assertThat(people("")).isEmpty();
    }

    private void remember(String factory, Person person) {
        rememberAndTellTransactionId(factory, person);
    }

    private @Nullable String rememberAndTellTransactionId(String factory, Person person) {
        return in(factory, () -> {
                    register.remember(new RememberPersonCommand(person), from(factory));
                    return jdbc.sql("select coalesce(pg_current_xact_id_if_assigned()::text, 'none')")
                            .query(String.class)
                            .single();
                })
                .transform(id -> id.equals("none") ? null : id);
    }

    private List<String> people(String factory) {
        return in(
                factory,
                () -> jdbc.sql(
                                "select concat_ws(' ', id, coalesce(email, 'null'), coalesce(nickname, 'null'), version) "
                                        + "from unlost.person order by id")
                        .query(String.class)
                        .list());
    }

    private static MetaData from(String factory) {
        return MetaData.from(new Origin(factory, "u-1", null).toMetaData());
    }

    private <T> T in(String factory, Supplier<T> work) {
        return transaction.execute(status -> {
            jdbc.sql("select set_config('unlost.factory', ?, true)")
                    .param(factory)
                    .query(String.class)
                    .single();
            return work.get();
        });
    }
}

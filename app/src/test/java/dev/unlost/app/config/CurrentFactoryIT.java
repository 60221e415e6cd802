package dev.unlost.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.unlost.app.embedded.PreparedDatabase;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.command.OneCall;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** The service's own transactions, of many factories in turn, on the one connection of a pool. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurrentFactoryIT {

    private static final int TRANSACTIONS = 10_000;

    /** The driver prepares a statement at the server when it is executed for the fifth time. */
    private static final int PAST_PREPARE_THRESHOLD = 12;

    private static final Seen NOTHING = new Seen(0, null, null, 0, 0);

    private final String ours = "ours-" + UUID.randomUUID();
    private final String theirs = "theirs-" + UUID.randomUUID();
    private final HikariDataSource pool = poolOfOne();
    private final FactoryDataSource connections = new FactoryDataSource(pool);
    private final JdbcTemplate jdbc = new JdbcTemplate(connections);
    private final TransactionTemplate writes =
            new TransactionTemplate(new WriteTransactionManager(connections, 1, Duration.ofSeconds(10)));
    private final TransactionTemplate reads = new TransactionTemplate(new JdbcTransactionManager(connections));

    /** What there is without asking for any factory: customers, the first and last of their factories, events, people. */
    private record Seen(
            long customers,
            @Nullable String first,
            @Nullable String last,
            long events,
            long people) {}

    private static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    void recordsInTwoFactories() {
        Caller ann = Caller.of(SharedNodes.first(), "ann", ours);
        Caller bob = Caller.of(SharedNodes.first(), "bob", theirs);
        ann.created("{\"name\":\"Ours 1\"}");
        ann.created("{\"name\":\"Ours 2\"}");
        bob.created("{\"name\":\"Theirs\"}");
    }

    @AfterAll
    void close() {
        pool.close();
    }

    @Test
    void noTransactionSeesWhatTheOneBeforeItWasFor() {
        Seen oursOnly = new Seen(2, ours, ours, 2, 1);
        Seen theirsOnly = new Seen(1, theirs, theirs, 1, 1);
        for (int i = 0; i < TRANSACTIONS; i++) {
            TransactionTemplate transaction = i % 2 == 0 ? writes : reads;
            // an odd number of turns, so that each comes to both kinds of transaction
            switch (i % 7) {
                case 0 -> assertThat(seenBy(ours, transaction)).isEqualTo(oursOnly);
                case 2 ->
                    assertThat(transaction.<Seen>execute(status -> seen())).isEqualTo(NOTHING);
                case 3 -> assertThat(seenBy(theirs, transaction)).isEqualTo(theirsOnly);
                case 5 ->
                    assertThatThrownBy(() -> CurrentFactoryIT.<Seen>workingFor(
                                    ours,
                                    () -> transaction.<Seen>execute(status -> {
                                        assertThat(seen()).isEqualTo(oursOnly);
                                        throw new BrokenOff();
                                    })))
                            .isInstanceOf(BrokenOff.class);
                case 6 ->
                    assertThat(workingFor(theirs, this::seen))
                            .as("a query by itself")
                            .isEqualTo(theirsOnly);
                default -> assertThat(seen()).as("a query of nobody").isEqualTo(NOTHING);
            }
        }
    }

    @Test
    void aFactoryThatSomebodyLeftOnTheConnectionCountsForNobody() {
        for (TransactionTemplate transaction : List.of(writes, reads)) {
            JdbcTemplate careless = new JdbcTemplate(pool);
            careless.queryForList("select set_config('unlost.factory', ?, false)", theirs);
            assertThat(careless.queryForObject("select count(*) from unlost.customer", Long.class))
                    .as("it was left")
                    .isEqualTo(1);
            assertThat(seen()).isEqualTo(NOTHING);
            assertThat(seenBy(ours, transaction).last()).isEqualTo(ours);
            assertThat(transaction.<Seen>execute(status -> seen())).isEqualTo(NOTHING);
            careless.execute("reset unlost.factory");
        }
    }

    /** A parameter whose type the driver leaves open makes it ask for the types, and send what it sends in two parts. */
    @Test
    void aQueryByItselfSeesItsFactoryHoweverOftenItIsAsked() {
        for (int i = 0; i < 20; i++) {
            assertThat(workingFor(ours, () -> seenSince(Timestamp.from(Instant.EPOCH)))
                            .customers())
                    .isEqualTo(2);
        }
        assertThatThrownBy(() -> workingFor(ours, () -> seenSince("never"))).isInstanceOf(DataAccessException.class);
        assertThat(workingFor(ours, () -> seenSince(Timestamp.from(Instant.EPOCH)))
                        .customers())
                .as("after one that failed")
                .isEqualTo(2);
    }

    private Seen seenSince(Object time) {
        List<String> names =
                jdbc.queryForList("select name from unlost.customer where created_at > ?", String.class, time);
        return new Seen(names.size(), null, null, 0, 0);
    }

    @Test
    void aCallWhoseLastStatementFailsLeavesNothingButAConnectionThatWorks() {
        for (int i = 0; i < PAST_PREPARE_THRESHOLD; i++) {
            boolean sound = writingForUs(() -> referInOneCall("sound", 1));
            assertThat(sound).isTrue();
            assertThat(references("sound")).isEqualTo(1);
            boolean failed = writingForUs(() -> referInOneCall("failed", 0));
            assertThat(failed).isFalse();
            assertThat(references("failed")).isZero();
            writingForUs(() -> jdbc.update("delete from unlost.metahub_reference where from_id = 'sound'"));
            assertThat(references("sound"))
                    .as("a transaction of the other kind")
                    .isZero();
        }
    }

    @Test
    void aCallGivesUpALockSoonAndSaysThatItIsWholeAndNothingAfterItDoes() {
        String settings = "current_setting('lock_timeout') || coalesce(current_setting('unlost.whole', true), '')";
        String before = writingForUs(() -> jdbc.queryForObject("select " + settings, String.class));
        assertThat(before).doesNotContain("100ms", "on");
        assertThat(writingForUs(() -> inOneCall("select 1 / (" + settings + " = '100mson')::int")))
                .isTrue();
        assertThat(writingForUs(() -> jdbc.queryForObject("select " + settings, String.class)))
                .isEqualTo(before);
    }

    @Test
    void aCallThatChangesNothingIsNotOver() {
        for (int i = 0; i < PAST_PREPARE_THRESHOLD; i++) {
            String from = "after-" + i;
            String nothing = "delete from unlost.metahub_reference where from_id = 'none'";
            assertThat(writingForUs(() -> inOneCall(nothing + "; " + nothing) || !referInOneCall(from, 1)))
                    .isFalse();
            assertThat(writingForUs(() -> inOneCall(nothing + "; "
                            + "insert into unlost.metahub_reference values ('" + ours + "', 'test', 'also-" + from
                            + "', 'via', 'test', 'to')")))
                    .as("the second statement did something")
                    .isTrue();
            assertThat(references(from)).isEqualTo(1);
            assertThat(isInTransaction()).isFalse();
        }
    }

    @Test
    void nothingFollowsOnACallThatWasAWholeTransaction() {
        assertThatThrownBy(() -> writingForUs(() -> referInOneCall("over", 1) ? countReferences("over") : -1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in one call");
        assertThat(references("over"))
                .as("the connection is another transaction's")
                .isEqualTo(1);
        assertThatThrownBy(() -> writingForUs(() -> referInOneCall("once", 1) && referInOneCall("twice", 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLastQueryEndsItsTransactionAndWhatFollowsIsForTheSameFactory() {
        for (int i = 0; i < PAST_PREPARE_THRESHOLD; i++) {
            assertThat(writingForUs(() -> customersAtLast("unlost.customer") + (isInTransaction() ? 100 : 0)))
                    .isEqualTo(2);
            assertThat(seen()).isEqualTo(NOTHING);
            assertThat(writingForUs(() -> customersAtLast("unlost.customer") * 10 + seen().customers()))
                    .as("followed by another query")
                    .isEqualTo(22);
            assertThat(writingForUs(() -> seen().customers() * 10 + customersAtLast("unlost.customer")))
                    .as("preceded by another query")
                    .isEqualTo(22);
            assertThatThrownBy(() -> writingForUs(() -> customersAtLast("unlost.customers")))
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void noFailureLeavesATransactionOrAFactoryOnTheConnection() {
        List<String> failing = List.of(
                "select 1 / 0",
                "select no_such_column from unlost.customer",
                "select repeat('x', 100), 1 / (20000 - n) from generate_series(1, 30000) n",
                "select pg_cancel_backend(pg_backend_pid()), pg_sleep(10)",
                "select pg_terminate_backend(pg_backend_pid()), pg_sleep(10)");
        for (String sql : failing) {
            List<Supplier<?>> ways = List.of(
                    () -> workingFor(ours, () -> jdbc.queryForList(sql)),
                    () -> writingForUs(() -> jdbc.queryForList(sql)),
                    () -> writingForUs(
                            () -> seen().customers() + jdbc.queryForList(sql).size()),
                    () -> writingForUs(() -> lastOf(sql)),
                    () -> writingForUs(() -> inOneCall(sql) || lastOf(sql)),
                    () -> writingForUs(() -> jdbc.batchUpdate(
                            "select set_config('unlost.factory', '" + theirs + "', false)",
                            "delete from unlost.no_such_table")));
            for (Supplier<?> way : ways) {
                assertThatThrownBy(way::get, sql)
                        .isInstanceOfAny(DataAccessException.class, TransactionSystemException.class);
                assertThat(isInTransaction()).as(sql).isFalse();
                assertThat(factoryOfTheConnection()).as(sql).isEmpty();
                assertThat(seen()).as(sql).isEqualTo(NOTHING);
                assertThat(workingFor(ours, this::seen).customers()).as(sql).isEqualTo(2);
            }
        }
    }

    private boolean lastOf(String sql) {
        return Boolean.TRUE.equals(jdbc.execute((Connection connection) -> {
            try (PreparedStatement query = connection.unwrap(OneCall.class).prepareLast(sql);
                    ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }));
    }

    private boolean inOneCall(String sql) {
        return Boolean.TRUE.equals(jdbc.execute((Connection connection) ->
                connection.unwrap(OneCall.class).execute(sql, "", (statement, first) -> first)));
    }

    private String factoryOfTheConnection() {
        return Objects.requireNonNull(jdbc.execute((Statement statement) -> {
            try (ResultSet row =
                    statement.executeQuery("select coalesce(current_setting('unlost.factory', true), '')")) {
                row.next();
                return row.getString(1);
            }
        }));
    }

    @Test
    void whoGoesBackToASavepointStillWorksForTheirFactory() {
        TransactionTemplate nested = new TransactionTemplate(Objects.requireNonNull(writes.getTransactionManager()));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        long customers = writingForUs(() -> {
            nested.executeWithoutResult(status -> {
                assertThat(seen().customers()).isEqualTo(2);
                status.setRollbackOnly();
            });
            return seen().customers();
        });
        assertThat(customers).isEqualTo(2);
    }

    private long customersAtLast(String table) {
        return Objects.requireNonNull(jdbc.execute((Connection connection) -> {
            try (PreparedStatement query =
                            connection.unwrap(OneCall.class).prepareLast("select count(*) from " + table);
                    ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }));
    }

    private boolean isInTransaction() {
        return Boolean.TRUE.equals(jdbc.execute((Connection connection) ->
                connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE));
    }

    private <T> T writingForUs(Supplier<T> work) {
        Supplier<@Nullable T> transaction = () -> writes.execute(status -> work.get());
        return workingFor(ours, transaction);
    }

    private boolean referInOneCall(String from, int divisor) {
        return Boolean.TRUE.equals(jdbc.execute((Connection connection) -> connection
                .unwrap(OneCall.class)
                .execute(
                        "insert into unlost.metahub_reference values (?, 'test', ?, 'via', 'test', 'to'); select 1 / ?::int",
                        from,
                        (statement, first) -> {
                            statement.setString(first, ours);
                            statement.setString(first + 1, from);
                            statement.setInt(first + 2, divisor);
                            return first + 3;
                        })));
    }

    private long references(String from) {
        return writingForUs(() -> countReferences(from));
    }

    private long countReferences(String from) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from unlost.metahub_reference where from_id = ?", Long.class, from));
    }

    private Seen seen() {
        return Objects.requireNonNull(jdbc.queryForObject(
                """
                select (select count(*) from unlost.customer), (select min(factory_id) from unlost.customer),
                  (select max(factory_id) from unlost.customer), (select count(*) from unlost.event),
                  (select count(*) from unlost.person)""",
                (row, n) ->
                        new Seen(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)),
                new Object[0]));
    }

    private Seen seenBy(String factory, TransactionTemplate transaction) {
        return workingFor(factory, () -> transaction.<Seen>execute(status -> seen()));
    }

    /** Does it as the handler of a message from that factory would. */
    private static <T> T workingFor(String factory, Supplier<@Nullable T> work) {
        UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(
                new GenericMessage<>("any", new Origin(factory, "somebody", null).toMetaData()));
        try {
            return Objects.requireNonNull(work.get());
        } finally {
            unit.rollback();
        }
    }

    private static HikariDataSource poolOfOne() {
        PreparedDatabase database = SharedNodes.database().prepared();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername("unlost_app");
        config.setPassword(database.passwords().app());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}

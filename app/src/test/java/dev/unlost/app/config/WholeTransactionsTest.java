package dev.unlost.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.config.WholeTransactions.Sender;
import dev.unlost.app.config.WholeTransactions.Transaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** Three transactions that come while another is on its way. */
class WholeTransactionsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WholeTransactions transactions = new WholeTransactions();
    private final CountDownLatch release = new CountDownLatch(1);

    /** What was sent, by the names of the records. */
    private final List<String> sent = new CopyOnWriteArrayList<>();

    private volatile boolean lost;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void areSentTogetherInTheOrderOfTheirRecords() throws Exception {
        for (Future<Boolean> each : three(list -> Set.of())) {
            assertThat(each.get()).isTrue();
        }
        assertThat(sent).containsExactly("first", "a b c");
    }

    @Test
    void areAllCarriedOutButTheOneThatChangedNothing() throws Exception {
        List<Boolean> carriedOut = new ArrayList<>();
        for (Future<Boolean> each : three(list -> Set.of(list.get(1)))) {
            carriedOut.add(each.get());
        }
        assertThat(carriedOut).as("of c, a, b").containsExactly(true, true, false);
        assertThat(sent).containsExactly("first", "a b c");
    }

    @Test
    void areNotCarriedOutWherePostgresqlRefusesThem() throws Exception {
        for (Future<Boolean> each : three(list -> {
            throw refusal("23505");
        })) {
            assertThat(each.get()).isFalse();
        }
        assertThat(sent).containsExactly("first", "a b c");
    }

    @Test
    void areAllOfUnknownFateWhereTheConnectionIsLost() throws Exception {
        assertAllFail(three(list -> {
            lost = true;
            throw refusal("57P01");
        }));
    }

    @Test
    void areAllOfUnknownFateWhereOnlyTheDriverFailed() throws Exception {
        assertAllFail(three(list -> {
            throw new PSQLException("no memory for the answer", PSQLState.OUT_OF_MEMORY);
        }));
    }

    private void assertAllFail(List<Future<Boolean>> three) {
        for (Future<Boolean> each : three) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SQLException.class);
        }
        assertThat(sent).as("nothing again").containsExactly("first", "a b c");
    }

    @Test
    void oneByItselfIsNotCarriedOutEither() throws Exception {
        assertThat(transactions.carryOut(transaction("a"), connection(), list -> {
                    throw refusal("55P03");
                }))
                .isFalse();
    }

    @FunctionalInterface
    private interface Sending {
        Set<Transaction> of(List<Transaction> transactions) throws SQLException;
    }

    /** Returns them sent, behind another. */
    private List<Future<Boolean>> three(Sending outcome) throws Exception {
        Future<?> first = threads.submit(() -> {
            transactions.carryOut(transaction("first"), connection(), list -> {
                sent.add("first");
                awaitRelease();
                return Set.of();
            });
            return null;
        });
        await().until(() -> !sent.isEmpty());
        Sender sender = list -> {
            sent.add(String.join(" ", list.stream().map(Transaction::record).toList()));
            return outcome.of(list);
        };
        List<Future<Boolean>> three = new ArrayList<>();
        for (String record : List.of("c", "a", "b")) {
            List<Thread> thread = new CopyOnWriteArrayList<>();
            three.add(threads.submit(() -> {
                thread.add(Thread.currentThread());
                return transactions.carryOut(transaction(record), connection(), sender);
            }));
            await().until(() -> !thread.isEmpty() && thread.getFirst().getState() == Thread.State.TIMED_WAITING);
        }
        release.countDown();
        first.get();
        return three;
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Transaction transaction(String record) {
        return new Transaction("factory", "statements", record, (statement, first) -> first);
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> lost);
    }

    private static PSQLException refusal(String state) {
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Mno\0"));
    }
}

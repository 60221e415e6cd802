package dev.unlost.app.config;

import static java.util.Objects.requireNonNull;

import dev.unlost.app.config.WholeTransactions.Transaction;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.command.OneCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose transactions begin by setting the factory of the work in progress, or none. That costs no round trip
 * of its own where the first statement is a query, or where the whole transaction fits into {@link OneCall}.
 *
 * <p>A query that is prepared outside of a transaction is one by itself, for that factory too and in one round trip. Any other
 * statement there is for none, and row-level security lets it do nothing.
 */
final class FactoryConnection implements InvocationHandler, OneCall {

    /** What sets the factory, which is its one parameter. */
    static final String FACTORY = "set_config('unlost.factory', ?, true)";

    /**
     * Of a call: all records were loaded before it, which is what the log's order depends on; and it does not wait for locks,
     * as others may wait for it, at this node for their turn and at another for a lock that it has.
     */
    private static final String OF_CALL =
            ", set_config('unlost.whole', 'on', true), set_config('lock_timeout', '100ms', true)";

    /** How many statements a call has before those of its transactions: its beginning, and the settings. */
    private static final int BEFORE = 2;

    private final Connection target;
    private final String set;
    private final WholeTransactions together;

    /** Whether the transaction in progress has its factory. */
    private boolean told;

    /** Whether it was carried out in one call, and is over although nobody has committed it yet. */
    private boolean over;

    private FactoryConnection(Connection target, String settings, WholeTransactions together) {
        this.target = target;
        this.set = "select " + settings;
        this.together = together;
    }

    /**
     * @param settings calls of {@code set_config}, {@link #FACTORY} the first
     * @param together where transactions meet those of other connections of the same data source
     */
    static Connection of(Connection target, String settings, WholeTransactions together) {
        return proxy(Connection.class, new FactoryConnection(target, settings, together));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connection equals itself
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object first = arguments == null ? null : arguments[0];
        switch (method.getName()) {
            case "prepareStatement" -> {
                mustNotBeOver();
                if (arguments != null && first instanceof String sql && !told && isQuery(sql)) {
                    Extent extent = target.getAutoCommit() ? Extent.WHOLE_TRANSACTION : Extent.BEGINNING;
                    arguments[0] = extent.of(set, sql);
                    Object query = requireNonNull(pass(target, method, arguments));
                    return proxy(PreparedStatement.class, new TellingQuery((PreparedStatement) query, extent));
                }
                tell();
            }
            // going back to a savepoint would take back a factory that was told after it
            case "createStatement", "prepareCall", "setSavepoint" -> {
                mustNotBeOver();
                tell();
            }
            case "setAutoCommit", "commit" -> {
                told = false;
                over = false;
            }
            case "rollback" -> {
                boolean toASavepoint = first != null;
                told = told && toASavepoint;
                over = over && toASavepoint;
            }
            case "unwrap" -> {
                if (first == OneCall.class) {
                    return this;
                }
            }
            case "isWrapperFor" -> {
                if (first == OneCall.class) {
                    return true;
                }
            }
            case "equals" -> {
                return proxy == first;
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {}
        }
        return pass(target, method, arguments);
    }

    /** What came now would be another transaction, which nobody could take back together with the first. */
    private void mustNotBeOver() {
        if (over) {
            throw new IllegalStateException("the transaction was carried out in one call, and has been committed");
        }
    }

    private boolean mustTell() throws SQLException {
        return !told && !target.getAutoCommit();
    }

    private static boolean isQuery(String sql) {
        return begins(sql, "select ") || begins(sql, "explain ");
    }

    private static boolean begins(String sql, String word) {
        return sql.regionMatches(true, 0, word, 0, word.length());
    }

    private void tell() throws SQLException {
        if (mustTell()) {
            try (PreparedStatement statement = target.prepareStatement(set)) {
                statement.setString(1, factory());
                statement.execute();
            }
            told = true;
        }
    }

    @Override
    public boolean execute(String statements, String record, Parameters parameters) throws SQLException {
        mustNotBeOver();
        if (!mustTell()) {
            return false;
        }
        over = together.carryOut(new Transaction(factory(), statements, record, parameters), target, this::send);
        return over;
    }

    private Set<Transaction> send(List<Transaction> transactions) throws SQLException {
        Transaction any = transactions.getFirst();
        String sql = "begin; " + set + OF_CALL + ("; " + any.statements()).repeat(transactions.size()) + "; commit";
        try (PreparedStatement statement = target.prepareStatement(sql)) {
            statement.setString(1, any.factory());
            int next = 2;
            for (Transaction transaction : transactions) {
                next = transaction.parameters().bind(statement, next);
            }
            executeWhole(statement);
            return withoutEffect(transactions, rows(statement));
        }
    }

    /** @param rows that each statement of the call has changed, its end the last */
    private static Set<Transaction> withoutEffect(List<Transaction> transactions, List<Integer> rows) {
        List<Integer> theirs = rows.subList(BEFORE, rows.size() - 1);
        int each = theirs.size() / transactions.size();
        Set<Transaction> without = new HashSet<>();
        for (int i = 0; i < transactions.size(); i++) {
            if (theirs.subList(i * each, (i + 1) * each).stream().allMatch(count -> count == 0)) {
                without.add(transactions.get(i));
            }
        }
        return without;
    }

    /** @return how many rows each statement has changed; -1 for a query */
    private static List<Integer> rows(PreparedStatement executed) throws SQLException {
        List<Integer> rows = new ArrayList<>();
        boolean query = false; // the beginning
        int count = executed.getUpdateCount();
        while (query || count != -1) {
            rows.add(count);
            query = executed.getMoreResults();
            count = executed.getUpdateCount();
        }
        return rows;
    }

    @Override
    public PreparedStatement prepareLast(String query) throws SQLException {
        mustNotBeOver();
        if (!mustTell()) {
            return target.prepareStatement(query);
        }
        PreparedStatement statement = target.prepareStatement(Extent.WHOLE_TRANSACTION.of(set, query));
        return proxy(PreparedStatement.class, new TellingQuery(statement, Extent.WHOLE_TRANSACTION));
    }

    /** Executes what begins and ends a transaction by itself, and nobody else ends where it fails. */
    private void executeWhole(PreparedStatement statement) throws SQLException {
        boolean begunByDriver = !target.getAutoCommit();
        if (begunByDriver) {
            // the driver would begin it with a message that is answered by itself, and be woken up twice
            target.setAutoCommit(true);
        }
        try {
            statement.execute();
        } catch (SQLException | RuntimeException | Error e) {
            afterFailure(e, () -> {
                try (Statement rollback = target.createStatement()) {
                    rollback.execute("rollback");
                }
            });
            if (begunByDriver) {
                afterFailure(e, () -> target.setAutoCommit(false));
            }
            throw e;
        }
        if (begunByDriver) {
            target.setAutoCommit(false);
        }
    }

    /** Where the connection is lost by now, that is not what became of the statements. */
    private static void afterFailure(Throwable failure, Step step) {
        try {
            step.take();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws SQLException;
    }

    /** How much of a transaction a query is that sets the factory. */
    private enum Extent {
        /** Others follow. */
        BEGINNING("", ""),
        /** None follows, and nobody else has begun it. */
        WHOLE_TRANSACTION("begin read only; ", "; commit");

        private final String before;
        private final String after;

        Extent(String before, String after) {
            this.before = before;
            this.after = after;
        }

        String of(String set, String query) {
            return before + set + "; " + query + after;
        }
    }

    /**
     * A query that sets the factory first, in the same round trip. Its own place holders come second.
     *
     * <p>One that is a transaction by itself says so: the driver sends statements at once, but not where it expects too
     * long an answer of one, and there PostgreSQL would end a transaction that nobody has begun.
     */
    private final class TellingQuery implements InvocationHandler {

        private final PreparedStatement query;
        private final Extent extent;

        TellingQuery(PreparedStatement query, Extent extent) {
            this.query = query;
            this.extent = extent;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getDeclaringClass() == PreparedStatement.class) {
                switch (method.getName()) {
                    case "executeQuery" -> {
                        return execute();
                    }
                    case "execute" -> {
                        execute();
                        return true;
                    }
                    case "clearParameters" -> {}
                    default -> {
                        if (!method.getName().startsWith("set") || arguments == null) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        arguments[0] = (Integer) requireNonNull(arguments[0]) + 1;
                    }
                }
            }
            return pass(query, method, arguments);
        }

        private ResultSet execute() throws SQLException {
            query.setString(1, factory());
            switch (extent) {
                case BEGINNING -> {
                    query.execute();
                    told = true;
                }
                case WHOLE_TRANSACTION -> {
                    executeWhole(query);
                    query.getMoreResults();
                }
            }
            query.getMoreResults();
            return query.getResultSet();
        }
    }

    private static String factory() {
        return Origin.ofWorkInProgress().map(Origin::factoryId).orElse("");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(FactoryConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object pass(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}

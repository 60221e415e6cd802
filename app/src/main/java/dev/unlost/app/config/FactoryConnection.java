package dev.unlost.app.config;

import static java.util.Objects.requireNonNull;

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

    private final Connection target;
    private final String set;

    /** Whether the transaction in progress has its factory. */
    private boolean told;

    private FactoryConnection(Connection target, String settings) {
        this.target = target;
        this.set = "select " + settings;
    }

    /** @param settings calls of {@code set_config}, {@link #FACTORY} the first */
    static Connection of(Connection target, String settings) {
        return proxy(Connection.class, new FactoryConnection(target, settings));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connection equals itself
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object first = arguments == null ? null : arguments[0];
        switch (method.getName()) {
            case "prepareStatement" -> {
                if (arguments != null && first instanceof String sql && !told && isQuery(sql)) {
                    boolean alone = target.getAutoCommit();
                    arguments[0] = alone ? "begin read only; " + set + "; " + sql + "; commit" : set + "; " + sql;
                    Object query = requireNonNull(pass(target, method, arguments));
                    return proxy(PreparedStatement.class, new TellingQuery((PreparedStatement) query, alone));
                }
                tell();
            }
            case "createStatement", "prepareCall" -> tell();
            case "setAutoCommit", "commit" -> told = false;
            case "rollback" -> told = told && first != null; // to a savepoint
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

    private boolean mustTell() throws SQLException {
        return !told && !target.getAutoCommit();
    }

    private static boolean isQuery(String sql) {
        return sql.regionMatches(true, 0, "select ", 0, "select ".length());
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
    public boolean execute(String statements, Parameters parameters) throws SQLException {
        if (!mustTell()) {
            return false;
        }
        // what is sent at once, outside of a transaction that the client has begun, is one of its own
        target.setAutoCommit(true);
        try (PreparedStatement statement = target.prepareStatement(set + "; " + statements)) {
            statement.setString(1, factory());
            parameters.bind(statement, 2);
            statement.execute();
        } catch (SQLException e) {
            backIntoTransaction(e);
            throw e;
        }
        backIntoTransaction(null);
        return true;
    }

    /** Where the connection is lost by now, that is not what became of the statements. */
    private void backIntoTransaction(@Nullable SQLException failure) {
        try {
            target.setAutoCommit(false);
        } catch (SQLException e) {
            if (failure != null) {
                failure.addSuppressed(e);
            }
        }
    }

    /**
     * A query that sets the factory first, in the same round trip. Its own place holders come second.
     *
     * <p>One that is a transaction by itself says so: pgjdbc does send several statements at once, but not where it takes
     * one's answer for too long, and between two that it sends PostgreSQL would end a transaction that nobody has begun.
     */
    private final class TellingQuery implements InvocationHandler {

        private final PreparedStatement query;
        private final boolean alone;

        TellingQuery(PreparedStatement query, boolean alone) {
            this.query = query;
            this.alone = alone;
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
            if (alone) {
                executeAlone();
            } else {
                query.execute();
                told = true;
            }
            query.getMoreResults();
            return query.getResultSet();
        }

        private void executeAlone() throws SQLException {
            try {
                query.execute();
            } catch (SQLException e) {
                try (Statement statement = target.createStatement()) {
                    statement.execute("rollback");
                } catch (SQLException lost) {
                    e.addSuppressed(lost);
                }
                throw e;
            }
            query.getMoreResults();
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

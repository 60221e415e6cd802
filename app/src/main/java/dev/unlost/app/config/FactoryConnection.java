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
import org.jspecify.annotations.Nullable;

/**
 * A connection whose transactions begin by setting the factory of the work in progress, or none. That costs no round trip
 * of its own where the first statement is a query, or where the whole transaction fits into {@link OneCall}.
 *
 * <p>Statements outside of a transaction have no factory, and row-level security shows them nothing.
 */
final class FactoryConnection implements InvocationHandler, OneCall {

    private static final String SET = "select set_config('unlost.factory', ?, true)";

    private final Connection target;

    /** Whether the transaction in progress has its factory. */
    private boolean told;

    /** Whether it was carried out in one call, and is over although nobody has committed it yet. */
    private boolean over;

    private FactoryConnection(Connection target) {
        this.target = target;
    }

    static Connection of(Connection target) {
        return proxy(Connection.class, new FactoryConnection(target));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connection equals itself
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object first = arguments == null ? null : arguments[0];
        switch (method.getName()) {
            case "prepareStatement" -> {
                mustNotBeOver();
                if (first instanceof String sql && method.getParameterCount() == 1 && mustTell() && isQuery(sql)) {
                    return proxy(PreparedStatement.class, new TellingQuery(target.prepareStatement(SET + "; " + sql)));
                }
                tell();
            }
            case "createStatement", "prepareCall" -> {
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
        return sql.regionMatches(true, 0, "select ", 0, "select ".length());
    }

    private void tell() throws SQLException {
        if (mustTell()) {
            try (PreparedStatement statement = target.prepareStatement(SET)) {
                statement.setString(1, factory());
                statement.execute();
            }
            told = true;
        }
    }

    @Override
    public boolean execute(String statements, Parameters parameters) throws SQLException {
        mustNotBeOver();
        if (!mustTell()) {
            return false;
        }
        // what is sent at once, outside of a transaction that the client has begun, is one of its own
        target.setAutoCommit(true);
        try (PreparedStatement statement = target.prepareStatement(SET + "; " + statements)) {
            statement.setString(1, factory());
            parameters.bind(statement, 2);
            statement.execute();
        } catch (SQLException e) {
            backIntoTransaction(e);
            throw e;
        }
        over = true;
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

    /** A query that sets the factory first, in the same round trip. Its own place holders come second. */
    private final class TellingQuery implements InvocationHandler {

        private final PreparedStatement query;

        TellingQuery(PreparedStatement query) {
            this.query = query;
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
            query.execute();
            query.getMoreResults();
            told = true;
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

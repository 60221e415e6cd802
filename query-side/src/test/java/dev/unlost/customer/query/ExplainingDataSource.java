package dev.unlost.customer.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Explains every query of customers, with its own parameters, on the connection and just before it is asked. */
final class ExplainingDataSource extends DelegatingDataSource {

    /** The plans as JSON, oldest first. */
    final List<String> plans = new ArrayList<>();

    ExplainingDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, (method, arguments) -> {
            Object result = invoke(method, connection, arguments);
            return result instanceof PreparedStatement statement
                            && arguments[0] instanceof String sql
                            && sql.startsWith("select")
                            && sql.contains("unlost.customer")
                    ? explaining(statement, connection.prepareStatement("explain (analyze, format json) " + sql))
                    : result;
        });
    }

    private PreparedStatement explaining(PreparedStatement statement, PreparedStatement explanation) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length > 1) {
                invoke(method, explanation, arguments);
            } else if (method.getName().equals("executeQuery")) {
                try (ResultSet plan = explanation.executeQuery()) {
                    plan.next();
                    plans.add(plan.getString(1));
                }
            }
            return invoke(method, statement, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.on(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

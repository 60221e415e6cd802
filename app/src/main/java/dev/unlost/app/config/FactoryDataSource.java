package dev.unlost.app.config;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Tells PostgreSQL which factory a transaction works for, which row-level security then holds it to. The one place that
 * does, on every connection of the role that serves requests; the setting ends with the transaction, so that a pooled
 * connection carries it to nobody.
 */
final class FactoryDataSource extends DelegatingDataSource {

    FactoryDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return FactoryConnection.of(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return FactoryConnection.of(super.getConnection(username, password));
    }
}

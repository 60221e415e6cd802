package dev.unlost.app.config;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Tells PostgreSQL which factory a transaction works for, or a query by itself, which row-level security then holds it to.
 * The one place that does, on every connection of the role that serves requests; the setting ends with the transaction or
 * query, so that a pooled connection carries it to nobody.
 */
final class FactoryDataSource extends DelegatingDataSource {

    private final String settings;
    private final WholeTransactions together = new WholeTransactions();

    FactoryDataSource(DataSource pool) {
        super(pool);
        this.settings = FactoryConnection.FACTORY;
    }

    /** @param settings more calls of {@code set_config} that come with the factory */
    FactoryDataSource(DataSource pool, String settings) {
        super(pool);
        this.settings = FactoryConnection.FACTORY + ", " + settings;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return FactoryConnection.of(super.getConnection(), settings, together);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return FactoryConnection.of(super.getConnection(username, password), settings, together);
    }
}

package dev.unlost.app.config;

import dev.unlost.versioning.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells PostgreSQL which factory a transaction works for, which row-level security then holds it to. The one place that
 * does; the setting ends with the transaction, so that a pooled connection carries it to nobody.
 */
final class CurrentFactory {

    private CurrentFactory() {}

    /** Sets the factory of the work in progress, or none, on the connection that is bound to this thread. */
    static void setOn(DataSource dataSource) {
        ConnectionHolder holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(dataSource);
        if (holder == null) {
            throw new CannotCreateTransactionException("no connection to set the factory on");
        }
        String factory = Origin.ofWorkInProgress().map(Origin::factoryId).orElse("");
        Connection connection = holder.getConnection();
        try (PreparedStatement statement =
                connection.prepareStatement("select set_config('unlost.factory', ?, true)")) {
            statement.setString(1, factory);
            statement.execute();
        } catch (SQLException e) {
            throw new CannotCreateTransactionException("cannot set the factory", e);
        }
    }
}

package dev.unlost.support;

import dev.unlost.versioning.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections that are for the factory of the work in progress from when they are handed out. */
final class FactoryDataSource extends DelegatingDataSource {

    private static final String FACTORY = "set_config('unlost.factory', ?, false)";

    private final String settings;

    private FactoryDataSource(DataSource pool, String settings) {
        super(pool);
        this.settings = settings;
    }

    static DataSource of(DataSource pool) {
        return new FactoryDataSource(pool, FACTORY);
    }

    /** @param settings more calls of {@code set_config}; they stay with the connection */
    static DataSource with(DataSource pool, String settings) {
        return new FactoryDataSource(pool, FACTORY + ", " + settings.replace("true)", "false)"));
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (PreparedStatement statement = connection.prepareStatement("select " + settings)) {
            statement.setString(
                    1, Origin.ofWorkInProgress().map(Origin::factoryId).orElse(""));
            statement.execute();
        }
        return connection;
    }
}

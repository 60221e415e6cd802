package dev.unlost.app.config;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.unlost.versioning.query.RowReader;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WriteProperties.class, MaintenanceProperties.class})
class TransactionConfiguration {

    /** Whoever asks for the pool of the role that serves requests gets connections that keep factories apart. */
    @Bean
    static BeanPostProcessor factoryOnEveryConnection() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("dataSource") && bean instanceof DataSource pool
                        ? new FactoryDataSource(pool)
                        : bean;
            }
        };
    }

    @Bean
    @Primary
    PlatformTransactionManager transactionManager(DataSource dataSource, WriteProperties properties) {
        return new WriteTransactionManager(dataSource, properties.maxInFlight(), properties.patience());
    }

    /** For what reads more than once; never waits for its turn with writes. */
    @Bean
    PlatformTransactionManager readTransactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    /** The same pool, for lists. */
    @Bean(defaultCandidate = false)
    @Qualifier("listDataSource")
    DataSource listDataSource(DataSource dataSource) throws SQLException {
        return new FactoryDataSource(dataSource.unwrap(HikariDataSource.class), RowReader.LIST_PLANNING);
    }

    /** Not a default candidate: whoever asks for just a data source gets the one that row-level security holds. */
    @Bean(defaultCandidate = false)
    @Qualifier("maintenanceDataSource")
    HikariDataSource maintenanceDataSource(DataSourceProperties database, MaintenanceProperties properties) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.determineUrl());
        config.setUsername(properties.username());
        config.setPassword(properties.password());
        config.setMaximumPoolSize(properties.poolSize());
        config.setMinimumIdle(0);
        config.setPoolName("maintenance");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        // longer than any statement of this role may take
        config.addDataSourceProperty("socketTimeout", "90");
        // PostgreSQL's details quote the row that was refused; they would end up in the log
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(config);
    }
}

package dev.unlost.support;

import dev.unlost.versioning.query.RowReader;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Transactions and JPA, the way the service has them. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
public class Persistence {

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setPackagesToScan("dev.unlost");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of(
                "hibernate.hbm2ddl.auto",
                "validate",
                "hibernate.physical_naming_strategy",
                PhysicalNamingStrategySnakeCaseImpl.class.getName()));
        return factory;
    }

    @Bean
    @Primary
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    @Qualifier("readTransactionManager")
    PlatformTransactionManager readTransactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    /** Connections as they come, planning as lists are. */
    @Bean(defaultCandidate = false)
    @Qualifier("listDataSource")
    DataSource listDataSource(DataSource dataSource) {
        return FactoryDataSource.with(dataSource, RowReader.LIST_PLANNING);
    }
}

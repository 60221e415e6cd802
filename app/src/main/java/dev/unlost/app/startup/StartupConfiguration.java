package dev.unlost.app.startup;

import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StartupConfiguration {

    @Bean
    DatabaseCheck databaseCheck(DataSource dataSource, @Qualifier("maintenanceDataSource") DataSource maintenance) {
        return new DatabaseCheck(dataSource, maintenance);
    }

    /** A database that is not as it must be is told before migrations stumble over it. */
    @Bean
    FlywayMigrationStrategy migrateCheckedDatabase(DatabaseCheck check) {
        return flyway -> {
            check.beforeMigration();
            flyway.migrate();
        };
    }

    /** Runs with all beans there and none started; also where migrations are run elsewhere. */
    @Bean
    SmartInitializingSingleton checkDatabase(DatabaseCheck check) {
        return () -> {
            check.beforeMigration();
            check.afterMigration();
        };
    }
}

package dev.unlost.app.startup;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a database that does not let the service in as what the driver said, instead of a stack trace. */
class UnreachableDatabaseAnalyzer extends AbstractFailureAnalyzer<PoolInitializationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PoolInitializationException cause) {
        Throwable said = cause.getCause() == null ? cause : cause.getCause();
        return new FailureAnalysis(
                "The database cannot be used: " + said.getMessage(),
                "Check spring.datasource.* and unlost.maintenance.*, and that the database was prepared"
                        + " (docs/operations.md).",
                cause);
    }
}

package dev.unlost.versioning.query;

import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.Timestamps;
import dev.unlost.versioning.query.ProjectionStatus.Operation;
import dev.unlost.versioning.query.ProjectionStatus.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * The projections of the read model, and their rebuilding and verifying, which go on while records are written. Of each
 * projection there is one run at a time, on whichever node; its status is known to the node that runs it.
 */
@Component
public class Projections implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Projections.class);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final DataSource maintenance;
    private final Clock clock;
    private final Map<String, Run<?, ?>> runs = new TreeMap<>();
    private volatile boolean closing;

    /**
     * @param tables of all record types
     * @param log whose {@link RecordLog#latest} reads within the transaction of {@code maintenance}
     * @param maintenance connects as the role that sees all factories; a run uses two connections
     */
    Projections(
            List<RecordTable<?, ?>> tables,
            RecordLog log,
            @Qualifier("maintenanceDataSource") DataSource maintenance,
            Clock clock) {
        this.maintenance = maintenance;
        this.clock = clock;
        tables.forEach(table -> runs.put(table.type().name(), new Run<>(table, log)));
    }

    /** @return the status of every projection, ordered by name */
    public List<ProjectionStatus> all() {
        return runs.values().stream().map(run -> run.status).toList();
    }

    /** @return empty if there is no projection of that name */
    public Optional<ProjectionStatus> find(String projection) {
        return Optional.ofNullable(runs.get(projection)).map(run -> run.status);
    }

    /**
     * Starts in the background.
     *
     * @return the status at the start; empty if a run is going on already, here or on another node
     * @throws IllegalArgumentException if there is no projection of that name
     */
    public Optional<ProjectionStatus> start(String projection, Operation operation) {
        Run<?, ?> run = runs.get(projection);
        if (run == null) {
            throw new IllegalArgumentException("no projection " + projection);
        }
        return run.start(operation);
    }

    /** Ends what is going on here, after the page in hand. */
    @Override
    public void close() {
        closing = true;
        try {
            for (Run<?, ?> run : runs.values()) {
                Thread thread = run.thread;
                if (thread != null) {
                    thread.join(PATIENCE_AT_CLOSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Run<D, E extends RecordEvent> {

        private final String name;
        private final Sweep<D, E> sweep;
        private volatile ProjectionStatus status;
        private volatile @Nullable Thread thread;

        Run(RecordTable<D, E> table, RecordLog log) {
            this.name = table.type().name();
            this.sweep = new Sweep<>(table, log, maintenance);
            this.status = ProjectionStatus.idle(name);
        }

        synchronized Optional<ProjectionStatus> start(Operation operation) {
            if (closing || status.state() == State.RUNNING) {
                return Optional.empty();
            }
            return ClusterLock.tryAcquire(maintenance, "unlost.projection." + name)
                    .map(lock -> {
                        ProjectionStatus started = status.started(operation, Timestamps.next(clock, null));
                        status = started;
                        thread = Thread.ofPlatform()
                                .name("projection-" + name)
                                .daemon()
                                .start(() -> run(operation, lock));
                        return started;
                    });
        }

        private void run(Operation operation, ClusterLock lock) {
            State end = State.FAILED;
            try (lock) {
                status = status.expecting(sweep.expectedRecords());
                sweep.run(operation == Operation.REBUILD, this::progressed);
                end = State.DONE;
            } catch (RuntimeException e) {
                logger.error("{} of projection {} failed", operation, name, e);
            } finally {
                status = status.ended(end, Timestamps.next(clock, null));
                logger.info("{}", status);
            }
        }

        private void progressed(Sweep.Progress progress) {
            Differences found = status.differences();
            for (Differences.Kind kind : progress.found()) {
                found = found.plus(kind);
            }
            status = status.progressed(progress.records(), found);
            if (closing) {
                throw new IllegalStateException("the node is shutting down");
            }
        }
    }

    /**
     * A lock among all nodes of a database, held by a session and not by a transaction: one that ran for as long would
     * keep every reader of the log waiting.
     */
    private record ClusterLock(Connection connection, String name) implements AutoCloseable {

        static Optional<ClusterLock> tryAcquire(DataSource dataSource, String name) {
            try {
                Connection connection = dataSource.getConnection();
                boolean acquired = false;
                try {
                    acquired = ask(connection, "select pg_try_advisory_lock(hashtextextended(?, 0))", name);
                } finally {
                    if (!acquired) {
                        connection.close();
                    }
                }
                return acquired ? Optional.of(new ClusterLock(connection, name)) : Optional.empty();
            } catch (SQLException e) {
                throw new UncategorizedSQLException("lock " + name, null, e);
            }
        }

        private static boolean ask(Connection connection, String sql, String name) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, name);
                try (ResultSet answer = statement.executeQuery()) {
                    return answer.next() && answer.getBoolean(1);
                }
            }
        }

        @Override
        public void close() {
            try (connection) {
                ask(connection, "select pg_advisory_unlock(hashtextextended(?, 0))", name);
            } catch (SQLException e) {
                throw new UncategorizedSQLException("unlock " + name, null, e);
            }
        }
    }
}

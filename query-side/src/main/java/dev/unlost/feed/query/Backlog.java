package dev.unlost.feed.query;

import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Reads one factory's past, on few of the maintenance role's connections. */
final class Backlog {

    /** Requests hold a thread of the server while they wait; streams hold none. */
    private static final Duration PATIENCE_OF_REQUESTS = Duration.ofSeconds(2);

    private static final Duration PATIENCE_OF_STREAMS = Duration.ofSeconds(30);

    private final DataSource maintenance;
    private final ChangeDecoder decoder;
    private final int batchSize;
    private final Semaphore connections;

    /**
     * @param batchSize the most events of a batch
     * @param connections the most connections in use at one time
     */
    Backlog(DataSource maintenance, ChangeDecoder decoder, int batchSize, int connections) {
        this.maintenance = maintenance;
        this.decoder = decoder;
        this.batchSize = batchSize;
        this.connections = new Semaphore(connections, true);
    }

    /**
     * Some of what comes after a place.
     *
     * @param whole whether everything after the place is still kept
     * @param end the place up to which there are no others
     */
    record Batch(List<LoggedEvent> events, boolean whole, Position end) {}

    /**
     * For streams.
     *
     * @throws LogUnavailable if the database cannot be reached, or too many others read
     */
    Batch batch(FeedRequest request, Position place) {
        return after(request, place, batchSize, PATIENCE_OF_STREAMS);
    }

    /**
     * For requests.
     *
     * @throws LogUnavailable if the database cannot be reached, or too many others read
     */
    Batch page(FeedRequest request, Position place, int limit) {
        return after(request, place, limit, PATIENCE_OF_REQUESTS);
    }

    private Batch after(FeedRequest request, Position place, int limit, Duration patience) {
        return read(patience, connection -> {
            Horizon horizon = LogReader.horizon(connection);
            List<LoggedEvent> events =
                    LogReader.ofFactory(connection, request.factoryId(), request.filter(), place, horizon, limit);
            // asked for after the rows: what is removed while a reader is on its way must not be passed over in silence
            Position keptAfter = LogReader.state(connection).keptAfter();
            return new Batch(
                    events,
                    !keptAfter.isAfter(place),
                    events.size() < limit
                            ? horizon.complete().orLater(place)
                            : events.getLast().position());
        });
    }

    /** @throws LogUnavailable if the database cannot be reached */
    LogState state() {
        return read(PATIENCE_OF_REQUESTS, LogReader::state);
    }

    /** @throws UnreadableEvent if the event is none that this version of the service knows */
    Changed changed(CursorSeal seal, LoggedEvent event) {
        return new Changed(seal.cursor(event.factoryId(), event.position()), decoder.decode(event));
    }

    private <T> T read(Duration patience, Sql<T> sql) {
        awaitTurn(patience);
        try (Connection connection = maintenance.getConnection()) {
            return sql.run(connection);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        } finally {
            connections.release();
        }
    }

    private void awaitTurn(Duration patience) {
        try {
            if (!connections.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new LogUnavailable(new SQLTransientConnectionException("too many read the past", "53300"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable(new SQLTransientConnectionException("interrupted", "57014", e));
        }
    }

    @FunctionalInterface
    private interface Sql<T> {
        T run(Connection connection) throws SQLException;
    }
}

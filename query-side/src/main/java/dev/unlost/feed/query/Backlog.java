package dev.unlost.feed.query;

import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** Reads one factory's past, on few of the maintenance role's connections. */
final class Backlog {

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
     * @param end the place up to which there are no others
     */
    record Batch(List<LoggedEvent> events, Position end) {}

    /** @throws LogUnavailable if the database cannot be reached */
    Batch after(FeedRequest request, Position place) {
        return after(request, place, batchSize);
    }

    /** @throws LogUnavailable if the database cannot be reached */
    Batch after(FeedRequest request, Position place, int limit) {
        return read(connection -> {
            Horizon horizon = LogReader.horizon(connection);
            List<LoggedEvent> events =
                    LogReader.ofFactory(connection, request.factoryId(), request.filter(), place, horizon, limit);
            return new Batch(
                    events,
                    events.size() < limit
                            ? horizon.complete().orLater(place)
                            : events.getLast().position());
        });
    }

    /** @throws LogUnavailable if the database cannot be reached */
    LogState state() {
        return read(LogReader::state);
    }

    /** @throws UnreadableEvent if the event is none that this version of the service knows */
    Changed changed(CursorSeal seal, LoggedEvent event) {
        return new Changed(seal.cursor(event.factoryId(), event.position()), decoder.decode(event));
    }

    private <T> T read(Sql<T> sql) {
        connections.acquireUninterruptibly();
        try (Connection connection = maintenance.getConnection()) {
            return sql.run(connection);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        } finally {
            connections.release();
        }
    }

    @FunctionalInterface
    private interface Sql<T> {
        T run(Connection connection) throws SQLException;
    }
}

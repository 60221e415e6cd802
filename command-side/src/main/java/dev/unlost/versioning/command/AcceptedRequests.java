package dev.unlost.versioning.command;

import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/** The requests that were accepted under an idempotency key, in {@code unlost.accepted_request}. */
public final class AcceptedRequests {

    private final JdbcOperations jdbc;

    /** @param jdbc over the data source whose transaction the events are appended in */
    public AcceptedRequests(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was accepted.
     *
     * @param item which part of the request
     * @param request the digest of all that was asked for
     * @param version that the answer was given as of
     */
    record Accepted(int item, String request, RecordKey record, long version, boolean merged) {}

    /**
     * Claims a key until the end of the transaction; on whichever node another one holds it.
     *
     * @return whether nobody else works on a request with this key
     */
    boolean claim(Origin origin, IdempotencyKey key) {
        // a lock of this kind takes no transaction id, which must not be taken before the record is loaded
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, number(origin, key)));
    }

    /**
     * Looks up a key that was claimed before.
     *
     * @param items how many parts of the request to look for, from the key's on
     * @return those that were accepted, in their order; and one of another request, where the key was used for one
     */
    List<Accepted> find(Origin origin, IdempotencyKey key, int items) {
        return jdbc.query(
                """
                select item, request, aggregate_type, aggregate_id, version, merged from unlost.accepted_request
                where factory_id = ? and person = ? and key = ? and (item between ? and ? or request <> ?)
                order by item""",
                (row, n) -> new Accepted(
                        row.getInt(1),
                        row.getString(2),
                        new RecordKey(row.getString(3), row.getString(4)),
                        row.getLong(5),
                        row.getBoolean(6)),
                origin.factoryId(),
                origin.actor(),
                key.key(),
                key.item(),
                key.item() + items - 1,
                key.request());
    }

    void keep(Origin origin, IdempotencyKey key, List<Accepted> accepted) {
        jdbc.batchUpdate(
                """
                insert into unlost.accepted_request
                  (factory_id, person, key, item, request, aggregate_type, aggregate_id, version, merged)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                accepted.stream()
                        .map(each -> new Object[] {
                            origin.factoryId(),
                            origin.actor(),
                            key.key(),
                            each.item(),
                            each.request(),
                            each.record().type(),
                            each.record().id(),
                            each.version(),
                            each.merged()
                        })
                        .toList());
    }

    private static long number(Origin origin, IdempotencyKey key) {
        return AdvisoryLocks.number(List.of(origin.factoryId(), origin.actor(), key.key()));
    }
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.Refusal.Busy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementSetter;

/**
 * Locks that PostgreSQL keeps until the end of the transaction, on whichever node it runs, and that take no transaction
 * id.
 */
public final class AdvisoryLocks {

    private static final String WANTED = """
            unnest(?::bigint[], ?::boolean[]) with ordinality as wanted (number, exclusive, place)""";

    private static final String TAKE = """
            select case when exclusive then pg_advisory_xact_lock(number) else pg_advisory_xact_lock_shared(number) end
            from
            """ + WANTED;

    /** In order, and none behind the first that others hold: who holds a later one never waits for an earlier one. */
    private static final String TRY = """
            select bool_and(taken) from (
              with recursive wanted as materialized (
                select * from
            """ + WANTED + """
              ), tried (place, taken) as (
                select place, case when exclusive then pg_try_advisory_xact_lock(number)
                  else pg_try_advisory_xact_lock_shared(number) end
                from wanted where place = 1
                union all
                select wanted.place, case when exclusive then pg_try_advisory_xact_lock(number)
                  else pg_try_advisory_xact_lock_shared(number) end
                from tried join wanted on wanted.place = tried.place + 1 where tried.taken)
              select taken from tried) as tries""";

    private final JdbcOperations jdbc;
    private final int maxWaiting;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    /**
     * @param jdbc over the data source whose transaction holds the locks
     * @param maxWaiting how many transactions of one factory may wait at one time here, so that they do not take the turns of
     *     all other factories' writes
     */
    public AdvisoryLocks(JdbcOperations jdbc, int maxWaiting) {
        this.jdbc = jdbc;
        this.maxWaiting = maxWaiting;
    }

    /**
     * A lock that is wanted.
     *
     * @param rank locks of a lower rank are taken first, whoever takes them
     * @param exclusive whether nobody else may hold it; shared otherwise
     */
    public record Wanted(int rank, long number, boolean exclusive) {}

    private record Place(int rank, long number) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byRank = Integer.compare(rank, other.rank);
            return byRank == 0 ? Long.compare(number, other.number) : byRank;
        }
    }

    /**
     * Takes them all, waiting where others hold them, in an order that is the same for everybody.
     *
     * @throws Busy if it would have to wait, and too many of the factory's do
     */
    public void take(String factory, Collection<Wanted> locks) {
        if (locks.isEmpty()) {
            return;
        }
        Map<Place, Boolean> inOrder = new TreeMap<>();
        locks.forEach(
                lock -> inOrder.merge(new Place(lock.rank(), lock.number()), lock.exclusive(), Boolean::logicalOr));
        PreparedStatementSetter wanted = statement -> {
            Long[] numbers = inOrder.keySet().stream().map(Place::number).toArray(Long[]::new);
            Boolean[] exclusive = inOrder.values().toArray(Boolean[]::new);
            statement.setArray(1, statement.getConnection().createArrayOf("bigint", numbers));
            statement.setArray(2, statement.getConnection().createArrayOf("boolean", exclusive));
        };
        boolean free = Boolean.TRUE.equals(jdbc.query(TRY, wanted, (ResultSet row) -> row.next() && row.getBoolean(1)));
        if (!free) {
            waiting(factory, () -> jdbc.query(TAKE, wanted, row -> {}));
        }
    }

    private void waiting(String factory, Runnable work) {
        if (waiting.merge(factory, 1, Integer::sum) > maxWaiting) {
            done(factory);
            throw new Busy("too many writes of the factory wait for each other");
        }
        try {
            work.run();
        } finally {
            done(factory);
        }
    }

    private void done(String factory) {
        waiting.computeIfPresent(factory, (key, count) -> count == 1 ? null : count - 1);
    }

    /** @return a number for what these parts name together; two things with one number would only wait for each other */
    public static long number(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

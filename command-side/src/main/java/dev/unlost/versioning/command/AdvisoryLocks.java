package dev.unlost.versioning.command;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Locks that PostgreSQL keeps until the end of the transaction, on whichever node it runs, and that take no transaction
 * id.
 */
public final class AdvisoryLocks {

    private final JdbcOperations jdbc;

    /** @param jdbc over the data source whose transaction holds the locks */
    public AdvisoryLocks(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A lock that is wanted.
     *
     * @param rank locks of a lower rank are taken first, whoever takes them
     * @param exclusive whether nobody else may hold it; shared otherwise
     */
    public record Wanted(int rank, long number, boolean exclusive) {}

    /** Takes them all, waiting where others hold them, in an order that is the same for everybody. */
    public void take(Collection<Wanted> locks) {
        if (locks.isEmpty()) {
            return;
        }
        record Place(int rank, long number) implements Comparable<Place> {
            @Override
            public int compareTo(Place other) {
                int byRank = Integer.compare(rank, other.rank);
                return byRank == 0 ? Long.compare(number, other.number) : byRank;
            }
        }
        Map<Place, Boolean> inOrder = new TreeMap<>();
        locks.forEach(
                lock -> inOrder.merge(new Place(lock.rank(), lock.number()), lock.exclusive(), Boolean::logicalOr));
        Long[] numbers = inOrder.keySet().stream().map(Place::number).toArray(Long[]::new);
        Boolean[] exclusive = inOrder.values().toArray(Boolean[]::new);
        jdbc.query(
                """
                select case when exclusive then pg_advisory_xact_lock(number) else pg_advisory_xact_lock_shared(number) end
                from unnest(?::bigint[], ?::boolean[]) as wanted (number, exclusive)""",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("bigint", numbers));
                    statement.setArray(2, statement.getConnection().createArrayOf("boolean", exclusive));
                },
                row -> {});
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

package dev.unlost.versioning.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordLog.Place;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.query.Differences.Kind;
import dev.unlost.versioning.query.RecordTable.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Goes through all records of a type, page by page, compares the log with the rows and, if asked to, mends what differs.
 *
 * <p>It runs while others write. A page of the log and its rows are read in one snapshot, in which each event and its
 * row are either both there or both not: whatever differs there is wrong, and no change in progress looks like it. What
 * is mended is mended in a short transaction of its own and only where the row has not moved on since. No row that is right
 * is written, so sweeping a healthy table costs reads only.
 *
 * <p>A page of which something could not be mended is compared again. So is every mended page of a table whose rows others
 * follow from together with rows of other records: one of the two being mended and one being written, what follows can miss
 * what neither transaction sees of the other. The next comparison waits until all have ended that were running when the
 * mending did.
 *
 * <p>While a page is mended, the next one is read.
 */
final class Sweep<D, E extends RecordEvent> {

    private static final int PAGE = 200;
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Place BEGINNING = new Place("", "");

    /** As PostgreSQL orders text under collation "C". */
    private static final Comparator<String> BY_BYTES =
            (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::factoryId, BY_BYTES).thenComparing(Place::id, BY_BYTES);

    private final RecordTable<D, E> table;
    private final RecordLog log;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final TransactionTemplate mending;

    Sweep(RecordTable<D, E> table, RecordLog log, DataSource maintenance) {
        this.table = table;
        this.log = log;
        this.jdbc = new JdbcTemplate(maintenance);
        JdbcTransactionManager transactions = new JdbcTransactionManager(maintenance);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        this.mending = new TransactionTemplate(transactions);
    }

    /** What a page had: how many records, and how they differed. */
    record Progress(long records, List<Kind> found) {}

    /** @return how many records the log has */
    long expectedRecords() {
        return requireNonNull(jdbc.queryForObject(
                "select count(*) from unlost.event where aggregate_type = ? and sequence_number = 0",
                Long.class,
                table.type().name()));
    }

    /**
     * @param mend whether to write
     * @param progress told after every page; may throw to end the sweep between two pages
     */
    void run(boolean mend, Consumer<Progress> progress) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            @Nullable Place after = BEGINNING;
            Future<Page<D>> next = executor.submit(() -> compare(BEGINNING));
            while (after != null) {
                Page<D> page = read(next);
                Place through = page.through();
                if (through != null) {
                    next = executor.submit(() -> compare(through));
                }
                Map<Place, Kind> found = new HashMap<>();
                Page<D> last = mend ? mended(after, page, found) : noted(page, found);
                progress.accept(new Progress(last.records(), List.copyOf(found.values())));
                after = last.through();
                if (after != null && !after.equals(through)) {
                    // records came to be in this stretch meanwhile, so that it ends earlier
                    Place earlier = after;
                    next = executor.submit(() -> compare(earlier));
                }
            }
        }
    }

    private static <P> P read(Future<P> page) {
        try {
            return page.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return the page as it was compared last */
    private Page<D> mended(Place after, Page<D> compared, Map<Place, Kind> found) {
        Page<D> page = noted(compared, found);
        for (int attempts = 1; !page.findings().isEmpty(); attempts++) {
            if (attempts > MOST_ATTEMPTS) {
                throw new IllegalStateException(table.type().name() + ": rows kept moving away from being mended");
            }
            boolean all = mend(page.findings());
            if (all && !table.isJoined()) {
                break;
            }
            awaitAllThatAreRunning();
            page = noted(compare(after), found);
        }
        return page;
    }

    private Page<D> noted(Page<D> page, Map<Place, Kind> found) {
        page.findings().forEach(finding -> found.putIfAbsent(finding.place(), finding.kind()));
        return page;
    }

    /** What a stretch of the log and the table's same stretch have, up to {@code through}; null is the end. */
    private record Page<D>(
            List<Finding<D>> findings,
            long records,
            @Nullable Place through) {}

    /**
     * @param view what the log has; null for nothing
     * @param row what the table has; null for nothing
     */
    private record Finding<D>(
            Place place,
            Kind kind,
            @Nullable RecordView<D> view,
            @Nullable Row row) {}

    private Page<D> compare(Place after) {
        return requireNonNull(snapshot.execute(status -> compareInSnapshot(after)));
    }

    private Page<D> compareInSnapshot(Place after) {
        List<RecordView<D>> views = log.latest(table.type(), after.equals(BEGINNING) ? null : after, PAGE);
        List<Row> rows = table.rows(jdbc, after, PAGE);
        @Nullable
        Place through = earlier(
                views.size() < PAGE ? null : RecordTable.place(views.getLast()),
                rows.size() < PAGE ? null : rows.getLast().place());

        Map<Place, RecordView<D>> viewOf = new HashMap<>();
        views.forEach(view -> viewOf.put(RecordTable.place(view), view));
        Map<Place, Row> rowOf = new HashMap<>();
        rows.forEach(row -> rowOf.put(row.place(), row));
        Set<Place> misderived = table.derivedMismatches(jdbc, after, through);

        Set<Place> places = new TreeSet<>(ORDER);
        places.addAll(viewOf.keySet());
        places.addAll(rowOf.keySet());
        places.addAll(misderived);
        List<Finding<D>> findings = new ArrayList<>();
        long records = 0;
        for (Place place : places) {
            if (through != null && ORDER.compare(place, through) > 0) {
                break;
            }
            records++;
            RecordView<D> view = viewOf.get(place);
            Row row = rowOf.get(place);
            Kind kind = difference(view, row, misderived.contains(place));
            if (kind != null) {
                findings.add(new Finding<>(place, kind, view, row));
            }
        }
        return new Page<>(findings, records, through);
    }

    private @Nullable Kind difference(@Nullable RecordView<D> view, @Nullable Row row, boolean misderived) {
        if (view == null) {
            return Kind.EXTRA;
        }
        if (row == null) {
            return Kind.MISSING;
        }
        if (row.version() != view.version()) {
            return row.version() < view.version() ? Kind.BEHIND : Kind.AHEAD;
        }
        return misderived || !row.equals(table.rowOf(view)) ? Kind.DIFFERENT : null;
    }

    private static @Nullable Place earlier(@Nullable Place one, @Nullable Place other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return ORDER.compare(one, other) <= 0 ? one : other;
    }

    /** @return whether all could be mended; not so where a writer was there first */
    private boolean mend(List<Finding<D>> findings) {
        try {
            return mendTogether(findings);
        } catch (DataAccessException e) {
            if (!isBusy(e)) {
                throw e;
            }
            // one row at a time: a writer of several rows may be waiting for one of ours while we wait for one of its
            boolean all = true;
            for (Finding<D> finding : findings) {
                try {
                    all &= mendTogether(List.of(finding));
                } catch (DataAccessException stillBusy) {
                    if (!isBusy(stillBusy)) {
                        throw stillBusy;
                    }
                    all = false;
                }
            }
            return all;
        }
    }

    private void awaitAllThatAreRunning() {
        String next = requireNonNull(
                jdbc.queryForObject("select pg_snapshot_xmax(pg_current_snapshot())::text", String.class));
        long begun = System.nanoTime();
        while (!Boolean.TRUE.equals(jdbc.queryForObject(
                "select pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8", Boolean.class, next))) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(table.type().name()
                        + ": a transaction that does not end keeps what was mended from being compared; see"
                        + " pg_stat_activity.backend_xid");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean isBusy(DataAccessException e) {
        return e instanceof PessimisticLockingFailureException
                || (e.getRootCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState()));
    }

    private boolean mendTogether(List<Finding<D>> findings) {
        return Boolean.TRUE.equals(mending.execute(status -> {
            // below PostgreSQL's deadlock_timeout, so that in a deadlock it is never the writer who loses
            jdbc.execute("set local lock_timeout = '200ms'");
            boolean all = true;
            List<RecordView<D>> due = new ArrayList<>();
            List<Place> gone = new ArrayList<>();
            for (Finding<D> finding : findings) {
                Row row = finding.row();
                boolean inTheWay = finding.kind() == Kind.EXTRA || finding.kind() == Kind.AHEAD;
                if (inTheWay && row != null && !table.delete(jdbc, finding.place(), row.version())) {
                    all = false;
                } else if (finding.view() != null) {
                    due.add(finding.view());
                } else {
                    gone.add(finding.place());
                }
            }
            all &= table.putAll(jdbc, due);
            table.derive(jdbc, gone);
            return all;
        }));
    }
}

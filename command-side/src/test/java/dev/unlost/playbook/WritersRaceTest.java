package dev.unlost.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers who start from the same version, in plain SQL. */
class WritersRaceTest {

    private static final int WRITERS = 16;

    @BeforeEach
    void create() {
        Database.clean();
        try (Session owner = Database.session("team_owner")) {
            owner.execute("create table team.counter (id int primary key, n int not null, body text)");
            owner.execute("create table team.seen (version int, updated_at timestamptz)");
            owner.row("select unlost.protect('team.counter')");
            owner.execute("insert into team.counter (id, n) values (1, 0)");
        }
    }

    @Test
    void theSecondOfTwoEditorsIsToldAndSucceedsAfterLookingAgain() {
        try (Session ann = Database.session("team_app");
                Session bob = Database.session("team_app")) {
            String seenByBoth = ann.row("select updated_at from team.counter");

            assertThat(edit(ann, "ann", 1)).isOne();
            assertThat(edit(bob, "bob", 1)).isZero();

            assertThat(bob.row("select body, version from team.counter")).isEqualTo("ann|2");
            assertThat(edit(bob, "bob", 2)).isOne();
            assertThat(ann.row("select body, version, updated_at > ?::timestamptz from team.counter", seenByBoth))
                    .isEqualTo("bob|3|t");
        }
    }

    @Test
    @Timeout(30)
    void theSecondOfTwoOpenTransactionsWaitsAndIsTold() throws Exception {
        try (Session ann = Database.session("team_app");
                Session bob = Database.session("team_app");
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            ann.execute("begin");
            assertThat(edit(ann, "ann", 1)).isOne();
            Future<Integer> bobs = threads.submit(() -> edit(bob, "bob", 1));
            while (ann.rows("select from pg_locks where not granted").isEmpty()) {
                Thread.onSpinWait();
            }
            ann.execute("commit");

            assertThat(bobs.get()).isZero();
            assertThat(ann.row("select body, version from team.counter")).isEqualTo("ann|2");
        }
    }

    @Test
    void exactlyOneOfManyWritersOfOneVersionWins() throws Exception {
        for (int version = 1; version <= 20; version++) {
            int expected = version;
            List<Integer> changed = together(session -> edit(session, "x", expected));
            assertThat(changed).hasSize(WRITERS).containsOnlyOnce(1);
            assertThat(changed.stream().mapToInt(Integer::intValue).sum()).isOne();
        }
        try (Session app = Database.session("team_app")) {
            assertThat(app.row("select version from team.counter")).isEqualTo("21");
        }
    }

    @Test
    void unconditionalWritesCountOneEachHoweverManyWritersThereAre() throws Exception {
        int each = 50;
        together(session -> {
            for (int i = 0; i < each; i++) {
                session.row(
                        "with changed as (update team.counter set n = n + 1 where id = 1 returning version, updated_at) "
                                + "select version, updated_at from changed");
                session.update("insert into team.seen select version, updated_at from team.counter");
            }
            return 0;
        });

        int writes = WRITERS * each;
        try (Session app = Database.session("team_app")) {
            assertThat(app.row("select n, version from team.counter")).isEqualTo(writes + "|" + (writes + 1));
            assertThat(app.row("select coalesce(bool_and(later), true) from (select updated_at > lag(updated_at) "
                            + "over (order by version) as later from (select distinct version, updated_at from team.seen))"
                            + " where later is not null"))
                    .isEqualTo("t");
        }
    }

    @Test
    void noIncrementIsLostByWritersWhoLookAgainAfterAConflict() throws Exception {
        int each = 20;
        together(session -> {
            for (int done = 0; done < each; ) {
                String[] seen =
                        session.row("select n, version from team.counter").split("\\|", -1);
                done += session.update(
                        "update team.counter set n = ? where id = 1 and version = ?",
                        Integer.parseInt(seen[0]) + 1,
                        Integer.parseInt(seen[1]));
            }
            return 0;
        });

        int writes = WRITERS * each;
        try (Session app = Database.session("team_app")) {
            assertThat(app.row("select n, version from team.counter")).isEqualTo(writes + "|" + (writes + 1));
        }
    }

    private static int edit(Session session, String body, int version) {
        return session.update("update team.counter set body = ? where id = 1 and version = ?", body, version);
    }

    /** All writers begin at once, each with a connection of its own. */
    private static List<Integer> together(Function<Session, Integer> work)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> {
                    try (Session session = Database.session("team_app")) {
                        start.await();
                        return work.apply(session);
                    }
                }));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> writer : writers) {
                results.add(writer.get());
            }
            return results;
        }
    }
}

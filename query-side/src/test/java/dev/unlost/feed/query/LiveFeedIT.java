package dev.unlost.feed.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.feed.FeedFilter;
import dev.unlost.feed.FeedItem;
import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedItem.Ended;
import dev.unlost.feed.FeedItem.Reset;
import dev.unlost.feed.FeedItem.Synced;
import dev.unlost.feed.FeedPage;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.FeedStart;
import dev.unlost.feed.MalformedCursor;
import dev.unlost.feed.ResetReason;
import dev.unlost.feed.query.FeedNode.Follower;
import dev.unlost.feed.query.LogDatabase.Writer;
import dev.unlost.versioning.Action;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class LiveFeedIT {

    private final LogDatabase database = new LogDatabase();
    private final FeedNode node = new FeedNode(database);

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void aChangeIsToldWithEverythingThatConsumersNeed() throws SQLException {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        database.append("f-1", "a", 1);
        try (Writer writer = database.begin("f-1")) {
            writer.append("a", 2, at, null);
            writer.commit();
        }
        FeedPage page = node.feed.page(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), 10);
        assertThat(page.items().getFirst().change().action()).isEqualTo(Action.CREATE);
        assertThat(page.items().getFirst().change().changedKeys()).containsExactly("name");
        assertThat(page.items().getLast().change()).satisfies(change -> {
            assertThat(change.key()).hasToString("customer:a");
            assertThat(change.factoryId()).isEqualTo("f-1");
            assertThat(change.action()).isEqualTo(Action.UPDATE);
            assertThat(change.changedKeys()).containsExactly("phone");
            assertThat(change.version()).isEqualTo(2);
            assertThat(change.at()).isEqualTo(at);
            assertThat(change.actor()).isEqualTo("u-1");
        });
    }

    @Test
    void aReaderFromNowIsSyncedAtOnceAndToldWhatComes() {
        database.append("f-1", "a", 1);
        try (Follower follower = node.follow("f-1", FeedStart.NOW)) {
            follower.awaitItems(1);
            database.append("f-1", "a", 2);
            follower.awaitItems(2);
            assertThat(follower.items.getFirst()).isInstanceOf(Synced.class);
            assertThat(follower.changes()).containsExactly("a 2");
        }
    }

    @Test
    void aReaderFromTheBeginningIsSyncedWhenItHasThePast() {
        IntStream.rangeClosed(1, 3 * FeedNode.PAGE + 3).forEach(version -> database.append("f-1", "a", version));
        try (Follower follower = node.follow("f-1", FeedStart.BEGINNING)) {
            follower.awaitSynced();
            database.append("f-1", "b", 1);
            follower.awaitItems(3 * FeedNode.PAGE + 5);
            assertThat(follower.items.get(3 * FeedNode.PAGE + 3)).isInstanceOf(Synced.class);
            assertThat(follower.changes()).hasSize(3 * FeedNode.PAGE + 4).endsWith("b 1");
        }
    }

    @Test
    void aReaderGoesOnAfterItsCursorOnAnyNode() {
        FeedStart place;
        try (Follower follower = node.follow("f-1", FeedStart.NOW)) {
            database.append("f-1", "a", 1);
            follower.awaitItems(2);
            place = follower.place();
        }
        database.append("f-1", "a", 2);
        try (FeedNode other = new FeedNode(database);
                Follower follower = other.follow("f-1", place)) {
            follower.awaitSynced();
            assertThat(follower.changes()).containsExactly("a 2");
        }
    }

    @Test
    void aReaderIsToldNothingOfOtherFactories() {
        try (Follower follower = node.follow("f-1", FeedStart.BEGINNING);
                Follower other = node.follow("f-2", FeedStart.BEGINNING)) {
            database.append("f-2", "a", 1);
            database.append("f-1", "a", 1);
            database.append("f-2", "a", 2);
            other.awaitItems(3);
            follower.awaitItems(2);
            assertThat(other.changes()).containsExactly("a 1", "a 2");
            assertThat(follower.changes()).containsExactly("a 1");
        }
        assertThat(node.feed
                        .page(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), 10)
                        .items())
                .hasSize(1);
    }

    @Test
    void filtersHoldForThePastAndForWhatComes() {
        IntStream.rangeClosed(1, 15).forEach(version -> database.append("f-1", "a", version));
        database.append("f-1", "b", 1);
        try (Follower follower =
                node.follow(new FeedRequest("f-1", FeedStart.BEGINNING, new FeedFilter("customer", "b")))) {
            follower.awaitSynced();
            IntStream.rangeClosed(16, 30).forEach(version -> database.append("f-1", "a", version));
            database.append("f-1", "b", 2);
            follower.awaitItems(3);
            assertThat(follower.changes()).containsExactly("b 1", "b 2");
        }
        try (Follower follower =
                node.follow(new FeedRequest("f-1", FeedStart.BEGINNING, new FeedFilter("nothing-of-the-kind", null)))) {
            follower.awaitSynced();
            assertThat(follower.changes()).isEmpty();
        }
    }

    @Test
    void pagesFollowOneAnother() {
        IntStream.rangeClosed(1, 25).forEach(version -> database.append("f-1", "a", version));
        List<String> seen = new ArrayList<>();
        FeedStart place = FeedStart.BEGINNING;
        for (int pages = 0; pages < 4; pages++) {
            FeedPage page = node.feed.page(new FeedRequest("f-1", place, FeedFilter.ALL), 10);
            page.items()
                    .forEach(item ->
                            seen.add(item.change().key().id() + item.change().version()));
            place = new FeedStart.After(page.next());
        }
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25)
                        .mapToObj(version -> "a" + version)
                        .toList());
        database.append("f-1", "a", 26);
        assertThat(node.feed
                        .page(new FeedRequest("f-1", place, FeedFilter.ALL), 10)
                        .items())
                .hasSize(1);
    }

    /** Writers on many records, a transaction that is slow to commit now and then; readers come, go and come back. */
    @Test
    void nothingIsMissedOrToldTwiceWhereThePastMeetsThePresent() throws Exception {
        int writers = 4;
        int versions = 400;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                FeedNode other = new FeedNode(database)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String id = "record-" + i;
                Random random = new Random(i);
                writing.add(threads.submit(() -> {
                    for (int version = 1; version <= versions; version++) {
                        try (Writer writer = database.begin("f-1")) {
                            writer.append(id, version);
                            if (random.nextInt(20) == 0) {
                                writer.execute("select pg_sleep(0.01)");
                            }
                            writer.commit();
                        }
                    }
                    return id;
                }));
            }
            List<Future<Map<String, List<Long>>>> reading = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Random random = new Random(100 + i);
                reading.add(threads.submit(() -> readAll(random, other, (long) writers * versions)));
            }
            for (Future<?> done : writing) {
                done.get();
            }
            for (Future<Map<String, List<Long>>> done : reading) {
                Map<String, List<Long>> seen = done.get();
                assertThat(seen).hasSize(writers);
                seen.values()
                        .forEach(of -> assertThat(of)
                                .containsExactlyElementsOf(LongStream.rangeClosed(1, versions)
                                        .boxed()
                                        .toList()));
            }
        }
    }

    /** Switches between two nodes after random numbers of items, until it has seen so many. */
    private Map<String, List<Long>> readAll(Random random, FeedNode other, long total) {
        Map<String, List<Long>> seen = new HashMap<>();
        FeedStart place = FeedStart.BEGINNING;
        long count = 0;
        while (count < total) {
            try (Follower follower = (random.nextBoolean() ? node : other).follow("f-1", place)) {
                follower.awaitItems((int) Math.min(1 + random.nextInt(200), total - count));
                follower.stop();
                List<Changed> changes = follower.items.stream()
                        .filter(Changed.class::isInstance)
                        .map(Changed.class::cast)
                        .toList();
                for (Changed changed : changes) {
                    seen.computeIfAbsent(changed.change().key().id(), id -> new ArrayList<>())
                            .add(changed.change().version());
                }
                count += changes.size();
                place = follower.place();
            }
        }
        return seen;
    }

    @Test
    void aSlowReaderIsCutOffAndGoesOnWithoutLoss() {
        Follower slow = node.idle("f-1", FeedStart.NOW);
        try (Follower quick = node.follow("f-1", FeedStart.NOW)) {
            slow.start();
            slow.awaitSynced();
            database.append("f-1", "a", 1);
            slow.awaitItems(2);
            FeedStart place = slow.place();
            slow.stop();

            // joined, but takes nothing any more
            List<Ended> ends = new ArrayList<>();
            var stuck = node.feed.open(new FeedRequest("f-1", place, FeedFilter.ALL), () -> {});
            assertThat(stuck.poll()).isInstanceOf(Synced.class);
            IntStream.rangeClosed(2, 2 * FeedNode.QUEUE).forEach(version -> database.append("f-1", "a", version));
            quick.awaitItems(2 * FeedNode.QUEUE + 1);
            if (stuck.poll() instanceof Ended ended) {
                ends.add(ended);
            }
            stuck.close();
            assertThat(ends).containsExactly(new Ended(Ended.Reason.SLOW));

            try (Follower again = node.follow("f-1", place)) {
                again.awaitSynced();
                assertThat(again.changes()).hasSize(2 * FeedNode.QUEUE - 1).startsWith("a 2");
            }
        }
    }

    @Test
    void aSlowReaderOfThePastIsNotCutOffAndHoldsOnePageOnly() {
        IntStream.rangeClosed(1, FeedNode.PAGE + 1).forEach(version -> database.append("f-1", "a", version));
        try (var reader = node.feed.open(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), () -> {})) {
            assertThat(reader.poll()).isInstanceOf(Changed.class);
            IntStream.rangeClosed(FeedNode.PAGE + 2, 3 * FeedNode.QUEUE)
                    .forEach(version -> database.append("f-1", "a", version));
            List<Long> versions = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (FeedItem item = reader.poll(); item != null; item = reader.poll()) {
                    if (item instanceof Changed changed) {
                        versions.add(changed.change().version());
                    }
                }
                return versions.size() >= 3 * FeedNode.QUEUE - 1;
            });
            assertThat(versions)
                    .containsExactlyElementsOf(LongStream.rangeClosed(2, 3 * FeedNode.QUEUE)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void aCursorOfAnotherFactoryIsAnsweredWithAReset() {
        database.append("f-2", "a", 1);
        String cursor = node.feed
                .page(new FeedRequest("f-2", FeedStart.BEGINNING, FeedFilter.ALL), 1)
                .next();
        assertReset(new FeedStart.After(cursor), ResetReason.FOREIGN);
    }

    @Test
    void aCursorFromTheFutureIsAnsweredWithAReset() throws SQLException {
        try (Connection connection = database.maintenance().getConnection()) {
            LogState state = LogReader.state(connection);
            Position future = new Position(state.horizon().next() + 1_000_000, 1);
            assertReset(new FeedStart.After(state.seal().cursor("f-1", future)), ResetReason.FUTURE);
        }
    }

    @Test
    void aCursorOlderThanWhatIsKeptIsAnsweredWithAReset() {
        database.append("f-1", "a", 1);
        String before = node.feed
                .page(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), 1)
                .next();
        database.append("f-1", "a", 2);
        database.append("f-1", "a", 3);
        FeedPage all = node.feed.page(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), 3);
        database.asSuperuser().execute("""
                update unlost.log_epoch set (kept_after_xid, kept_after_index) =
                  (select xid, global_index from unlost.event where sequence_number = 1)""");
        assertReset(new FeedStart.After(before), ResetReason.GONE);
        assertThat(node.feed
                        .page(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), 3)
                        .reset())
                .isEqualTo(ResetReason.GONE);
        FeedStart kept = new FeedStart.After(all.items().get(1).cursor());
        assertThat(node.feed
                        .page(new FeedRequest("f-1", kept, FeedFilter.ALL), 1)
                        .items())
                .extracting(item -> item.change().version())
                .containsExactly(3L);
    }

    @Test
    void aReaderOfThePastEndsWhereTheWayWasRemovedInFrontOfIt() {
        database.append("f-1", "a", 1);
        try (Follower follower = node.idle("f-1", FeedStart.BEGINNING)) {
            database.append("f-1", "a", 2);
            database.asSuperuser().execute("""
                    update unlost.log_epoch set (kept_after_xid, kept_after_index) =
                      (select xid, global_index from unlost.event where sequence_number = 0)""");
            follower.start();
            follower.awaitItems(1);
            assertThat(follower.items).containsExactly(new Ended(Ended.Reason.LOG_REPLACED));
        }
        assertReset(FeedStart.BEGINNING, ResetReason.GONE);
    }

    private void assertReset(FeedStart start, ResetReason reason) {
        FeedPage page = node.feed.page(new FeedRequest("f-1", start, FeedFilter.ALL), 10);
        assertThat(page.reset()).isEqualTo(reason);
        assertThat(page.items()).isEmpty();
        try (Follower follower = node.follow("f-1", start)) {
            follower.awaitSynced();
            database.append("f-1", "after-" + reason, 1);
            follower.awaitItems(3);
            assertThat(follower.items.getFirst())
                    .isInstanceOfSatisfying(
                            Reset.class, reset -> assertThat(reset.reason()).isEqualTo(reason));
            assertThat(follower.changes()).containsExactly("after-" + reason + " 1");
        }
        FeedPage next = node.feed.page(new FeedRequest("f-1", new FeedStart.After(page.next()), FeedFilter.ALL), 10);
        assertThat(next.reset()).isNull();
        assertThat(next.items()).hasSize(1);
    }

    @Test
    void whatIsNoCursorIsRefused() {
        FeedRequest request = new FeedRequest("f-1", new FeedStart.After("no-cursor"), FeedFilter.ALL);
        assertThatThrownBy(() -> node.feed.page(request, 1)).isInstanceOf(MalformedCursor.class);
        assertThatThrownBy(() -> node.feed.open(request, () -> {})).isInstanceOf(MalformedCursor.class);
    }

    @Test
    void aRestoredLogEndsAllReadersAndAnswersTheirCursorsWithAReset() {
        database.append("f-1", "a", 1);
        database.append("f-1", "a", 2);
        try (Follower follower = node.follow("f-1", FeedStart.BEGINNING)) {
            follower.awaitItems(3);
            // a dump of a cluster that is far ahead of this one
            database.asSuperuser().execute("update unlost.event set xid = '99999999999'");
            database.asSuperuser().execute("call unlost.begin_log_epoch()");
            follower.awaitItems(4);
            assertThat(follower.items.getLast()).isEqualTo(new Ended(Ended.Reason.LOG_REPLACED));
            assertReset(follower.place(), ResetReason.FOREIGN);
        }
        database.append("f-1", "a", 3);
        assertThat(node.feed
                        .page(new FeedRequest("f-1", FeedStart.BEGINNING, FeedFilter.ALL), 10)
                        .items())
                .extracting(item -> item.change().key().id() + item.change().version())
                .containsExactly("a1", "a2", "after-FOREIGN1", "a3");
    }

    @Test
    void aNewEpochNeedsARoleThatSeesAllEvents() {
        assertThatThrownBy(() -> database.as("unlost_owner").execute("call unlost.begin_log_epoch()"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void anEventThatCannotBeReadStopsItsFactoryAndNobodyElse() throws SQLException {
        try (Follower follower = node.follow("f-1", FeedStart.NOW);
                Follower other = node.follow("f-2", FeedStart.NOW)) {
            follower.awaitSynced();
            other.awaitSynced();
            database.append("f-1", "a", 1);
            follower.awaitItems(2);
            try (Writer writer = database.begin("f-1")) {
                writer.append("a", 2, Instant.now(), null, "customer.of-the-future", "{}");
                writer.commit();
            }
            database.append("f-1", "a", 3);
            database.append("f-2", "a", 1);
            follower.awaitItems(3);
            other.awaitItems(2);
            assertThat(follower.changes()).containsExactly("a 1");
            assertThat(follower.items.getLast()).isEqualTo(new Ended(Ended.Reason.UNREADABLE));
            assertThat(other.changes()).containsExactly("a 1");
        }
        try (Follower again = node.follow("f-1", FeedStart.BEGINNING)) {
            again.awaitItems(2);
            assertThat(again.changes()).containsExactly("a 1");
            assertThat(again.items.getLast()).isEqualTo(new Ended(Ended.Reason.UNREADABLE));
        }
    }

    @Test
    void aCommitOfThisNodeIsToldWithoutWaitingForTheNextLook() {
        try (FeedNode patient = new FeedNode(database, Duration.ofMinutes(10));
                Follower follower = patient.follow("f-1", FeedStart.NOW)) {
            follower.awaitSynced();
            DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("work"))
                    .execute(() -> {
                        patient.commits.publish(GenericEventMessage.asEventMessage("event"));
                        database.append("f-1", "a", 1);
                    });
            follower.awaitItems(2);
            assertThat(follower.changes()).containsExactly("a 1");
        }
    }

    @Test
    void theTailGoesOnWhereItWasAfterItLostTheDatabase() {
        try (Follower follower = node.follow("f-1", FeedStart.NOW)) {
            follower.awaitSynced();
            database.append("f-1", "a", 1);
            follower.awaitItems(2);
            database.asSuperuser()
                    .execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where usename = 'unlost_maintenance' and datname = current_database()");
            database.append("f-1", "a", 2);
            follower.awaitItems(3);
            assertThat(follower.changes()).containsExactly("a 1", "a 2");
        }
    }

    @Test
    void aTransactionThatDoesNotEndShowsAsLag() throws SQLException {
        FeedHealth health = new FeedHealth(node.tail, Duration.ofSeconds(2));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        try (Follower follower = node.follow("f-1", FeedStart.NOW);
                Writer stuck = database.begin("f-2")) {
            follower.awaitSynced();
            stuck.append("stuck", 1);
            database.append("f-1", "a", 1);
            database.append("f-1", "a", 2);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> health.health().getStatus().equals(FeedHealth.LAGGING));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> node.tail.waitingEvents() == 2);
            assertThat(follower.changes()).isEmpty();
            stuck.commit();
            follower.awaitItems(3);
            assertThat(follower.changes()).containsExactly("a 1", "a 2");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> health.health().getStatus().equals(Status.UP) && node.tail.waitingEvents() == 0);
        }
    }

    @Test
    void everyReadIsServedByAnIndexInItsOrder() throws SQLException {
        for (int factory = 1; factory <= 20; factory++) {
            try (Writer writer = database.begin("f-" + factory)) {
                writer.execute("""
                        insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id,
                          time_stamp, payload_type, payload, metadata)
                        select 'f-%d', 'customer', n::text, 0, gen_random_uuid(), now(), 't', '{}', '{}'
                        from generate_series(1, 500) n""".formatted(factory));
                writer.commit();
            }
        }
        database.asSuperuser().execute("analyze unlost.event");
        assertThat(plan(LogReader.ALL, "1", 5, "9999999", 100))
                .contains("event_pkey")
                .doesNotContain("Sort", "Filter");
        assertThat(plan(LogReader.OF_FACTORY.formatted(""), "f-1", "1", 5, "9999999", 100))
                .contains("event_of_factory_in_commit_order")
                .doesNotContain("Sort", "Filter");
    }

    private String plan(String sql, Object... parameters) {
        return String.join(
                "\n", database.as("unlost_maintenance").queryForList("explain " + sql, String.class, parameters));
    }
}

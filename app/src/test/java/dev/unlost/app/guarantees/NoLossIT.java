package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.guarantees.FeedNode.Writer;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.EventStream;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.command.NamedEventSerializer;
import dev.unlost.versioning.command.PostgresEventStorageEngine;
import dev.unlost.versioning.command.ReadModel;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The ways in which readers of a log lose events. The feed does not, and neither do Axon's streaming processors here, as
 * they read by the same order; the reader that comes with Axon does.
 */
class NoLossIT {

    /** The most indexes by which Axon's reader lets a gap be behind. */
    private static final int AXON_GAP_OFFSET = 10_000;

    private static final Serializer SERIALIZER = new NamedEventSerializer(List.of(CustomerType.INSTANCE));

    private final String factory = "loss-" + UUID.randomUUID();
    private Caller ann = Caller.of(FeedNode.node(), "ann", factory);
    private String path = "unset";
    private String id = "unset";

    /** What Axon's own engine expects: columns of its names, times as text. */
    @BeforeAll
    static void asAxonHasIt() throws SQLException {
        FeedNode.node();
        try (Connection admin = FeedNode.database().connectAsAdmin();
                Statement statement = admin.createStatement()) {
            statement.execute("""
                    create schema if not exists axon;
                    create or replace view axon.event as
                      select global_index as globalIndex, event_id::text as eventIdentifier,
                        aggregate_id as aggregateIdentifier, sequence_number as sequenceNumber, aggregate_type as type,
                        to_char(time_stamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as timeStamp,
                        payload_type as payloadType, payload_revision as payloadRevision,
                        convert_to(payload::text, 'UTF8') as payload, convert_to(metadata::text, 'UTF8') as metaData
                      from unlost.event""");
        }
    }

    @BeforeEach
    void oneRecord() {
        path = ann.created("{\"name\":\"Acme\"}");
        id = path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void aSlowCommitIsNotLostThoughANodeWhoseClockIsBehindOvertookIt() throws Exception {
        AxonReader stock = new AxonReader(stockEngine());
        AxonReader axon = new AxonReader(engine());
        try (EventStream feed = feed();
                Writer slow = new Writer(factory)) {
            stock.read();
            axon.read();
            slow.copyCreation(id, "values ('slow')");
            change(2);
            stock.read();
            axon.read();
            slow.commit();
            change(3);
            stock.read();
            axon.read();
            assertThat(changes(feed, 3)).containsExactlyInAnyOrder(id + " 2", "slow 1", id + " 3");
        }
        axon.readUntil("slow 1", id + " 2", id + " 3");
        assertThat(stock.seen).contains(id + " 2", id + " 3").doesNotContain("slow 1");
    }

    @Test
    void aGapThatIsHeldOpenIsNotLostHoweverManyEventsPassIt() throws Exception {
        AxonReader stock = new AxonReader(stockEngine());
        AxonReader axon = new AxonReader(engine());
        String others = factory + "-others";
        String theirs = Caller.of(FeedNode.node(), "bob", others).created("{\"name\":\"Other\"}");
        try (EventStream feed = feed();
                Writer slow = new Writer(factory);
                Writer quick = new Writer(others)) {
            slow.copyCreation(id, "values ('held')");
            quick.copyCreation(
                    theirs.substring(theirs.lastIndexOf('/') + 1),
                    "select 'other-' || n from generate_series(1, " + (AXON_GAP_OFFSET + 1) + ") n");
            quick.commit();
            stock.read();
            axon.read();
            slow.commit();
            stock.read();
            axon.read();
            assertThat(changes(feed, 1)).containsExactly("held 1");
        }
        axon.readUntil("held 1", "other-1 1", "other-" + (AXON_GAP_OFFSET + 1) + " 1");
        assertThat(stock.seen)
                .contains("other-1 1", "other-" + (AXON_GAP_OFFSET + 1) + " 1")
                .doesNotContain("held 1");
    }

    /** That these come the wrong way round without the log's trigger is shown where the log is read. */
    @Test
    void versionsStandInOrderThoughATransactionTookItsIdBeforeItLoadedTheRecord() throws Exception {
        AxonReader axon = new AxonReader(engine());
        try (EventStream feed = feed();
                Writer early = new Writer(factory)) {
            change(2);
            early.execute("select pg_current_xact_id()");
            change(3);
            early.copyVersion(id, 2, 4);
            early.commit();
            assertThat(changes(feed, 3)).containsExactly(id + " 2", id + " 3", id + " 4");
        }
        axon.readUntil(id + " 4");
        assertThat(axon.seen.stream().filter(event -> event.startsWith(id)))
                .containsExactly(id + " 1", id + " 2", id + " 3", id + " 4");
    }

    /** As text, 10 comes before 9. Ids as low as these lie behind every place that other tests read from. */
    @Test
    void transactionIdsAreInOrderAsNumbers() throws Exception {
        change(2);
        try (Connection admin = FeedNode.database().connectAsAdmin();
                Statement statement = admin.createStatement()) {
            statement.execute("update unlost.event set xid = (9 + sequence_number)::text::xid8 where aggregate_id = '"
                    + id + "'");
        }
        AxonReader axon = new AxonReader(engine());
        axon.readUntil(id + " 2");
        assertThat(axon.seen.stream().filter(event -> event.startsWith(id))).containsExactly(id + " 1", id + " 2");
        assertThat(ann.get("/api/changes?since=0", "Accept", "application/json")
                        .json()
                        .path("items")
                        .valueStream()
                        .map(change -> change.path("version").longValue()))
                .containsExactly(1L, 2L);
    }

    private void change(long version) {
        assertThat(ann.patch(path, "{\"phone\":\"" + version + "\"}", "If-Match", "\"" + (version - 1) + "\"")
                        .version())
                .isEqualTo(version);
    }

    /** From now on. */
    private EventStream feed() throws IOException {
        EventStream feed = EventStream.open(ann.uri("/api/changes"), ann.token(), "");
        feed.next("synced");
        return feed;
    }

    private static List<String> changes(EventStream feed, int count) throws IOException {
        List<String> changes = new ArrayList<>();
        while (changes.size() < count) {
            changes.add(feed.next("change").change());
        }
        return changes;
    }

    private static EventStorageEngine engine() {
        return new PostgresEventStorageEngine(
                source("unlost_app", FeedNode.database().prepared().passwords().app()),
                source(
                        "unlost_maintenance",
                        FeedNode.database().prepared().passwords().maintenance()),
                new ReadModel() {
                    @Override
                    public List<ReadModel.Statement> statements(DomainEventMessage<?> event) {
                        throw new UnsupportedOperationException("nothing is appended here");
                    }

                    @Override
                    public void write(DomainEventMessage<?> event) {
                        throw new UnsupportedOperationException("nothing is appended here");
                    }
                },
                SERIALIZER,
                100);
    }

    private static DriverManagerDataSource source(String role, String password) {
        return new DriverManagerDataSource(FeedNode.database().prepared().url(), role, password);
    }

    private static EventStorageEngine stockEngine() {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(FeedNode.database()::connectAsAdmin)
                .transactionManager(NoTransactionManager.INSTANCE)
                .schema(EventSchema.builder().eventTable("axon.event").build())
                .eventSerializer(SERIALIZER)
                .snapshotSerializer(SERIALIZER)
                .build();
    }

    /** Reads as a streaming processor does: on from the token of the last event. */
    private static final class AxonReader {
        private final EventStorageEngine engine;
        private @Nullable TrackingToken token;
        final List<String> seen = new ArrayList<>();

        AxonReader(EventStorageEngine engine) {
            this.engine = engine;
        }

        /** As streaming processors do: any transaction on the server, an autovacuum's too, can hold it up for a moment. */
        void readUntil(String... events) {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                read();
                assertThat(seen).contains(events);
            });
        }

        void read() {
            engine.readEvents(token, false).forEach(event -> {
                token = event.trackingToken();
                if (event instanceof DomainEventMessage<?> ofRecord) {
                    String record = ofRecord.getAggregateIdentifier();
                    seen.add(record.substring(record.indexOf(':') + 1) + " " + (ofRecord.getSequenceNumber() + 1));
                }
            });
        }
    }
}

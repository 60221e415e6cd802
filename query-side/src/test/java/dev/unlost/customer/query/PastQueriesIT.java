package dev.unlost.customer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.Action;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordQuery.Blame;
import dev.unlost.versioning.RecordQuery.CompareVersions;
import dev.unlost.versioning.RecordQuery.Comparison;
import dev.unlost.versioning.RecordQuery.ExplainFields;
import dev.unlost.versioning.RecordQuery.FieldOrigin;
import dev.unlost.versioning.RecordQuery.FindAsOf;
import dev.unlost.versioning.RecordQuery.FindVersion;
import dev.unlost.versioning.RecordQuery.HistoryPage;
import dev.unlost.versioning.RecordQuery.ListHistory;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastQueriesIT {

    private static final CustomerDetails FIRST = details("Acme", "+1", List.of("vip"));
    private static final CustomerDetails SECOND = details("Acme", null, List.of("vip"));

    @SuppressWarnings("NullAway.Init")
    private static ReadModel readModel;

    private final String id = UUID.randomUUID().toString();
    private final RecordKey key = CustomerType.INSTANCE.key(id);

    @BeforeAll
    static void open() {
        readModel = new ReadModel();
    }

    @AfterAll
    static void close() {
        readModel.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyVersionAndTimeIsAsTheReadModelHadIt(long seed) {
        List<RecordView<CustomerDetails>> views = live(new Random(seed), 30);
        assertThat(version(0)).isEmpty();
        assertThat(version(31)).isEmpty();
        assertThat(asOf(views.getFirst().updatedAt().minus(1, ChronoUnit.MICROS)))
                .isEmpty();
        for (RecordView<CustomerDetails> view : views) {
            assertThat(version(view.version())).isEqualTo(Optional.of(view));
            assertThat(asOf(view.updatedAt())).isEqualTo(Optional.of(view));
        }
        assertThat(asOf(Instant.parse("9999-12-31T23:59:59Z"))).isEqualTo(Optional.of(views.getLast()));
    }

    private List<RecordView<CustomerDetails>> live(Random random, int versions) {
        List<RecordView<CustomerDetails>> views = new ArrayList<>();
        CustomerDetails details = Customers.random(random);
        readModel.append("f-1", id, 1, new CustomerCreated(details));
        views.add(readModel.find("f-1", id).orElseThrow());
        for (int version = 2; version <= versions; version++) {
            CustomerDetails next = Customers.random(random);
            readModel.append("f-1", id, version, new CustomerUpdated(CustomerChanges.between(details, next)));
            details = next;
            views.add(readModel.find("f-1", id).orElseThrow());
        }
        return views;
    }

    @Test
    void historyIsReadPageByPageFromTheNewest() {
        lifeWithARestoration();
        HistoryPage newest = history(null, 3);
        assertThat(newest.items())
                .extracting(Recorded::version, item -> item.event().action())
                .containsExactly(tuple(4L, Action.RESTORE), tuple(3L, Action.DELETE), tuple(2L, Action.UPDATE));
        assertThat(newest.items().getFirst().event().restores()).isEqualTo(1);
        assertThat(newest.items().getFirst().unconditional()).isTrue();
        assertThat(newest.next()).isEqualTo(2);
        HistoryPage oldest = history(newest.next(), 3);
        assertThat(oldest.items()).extracting(Recorded::version).containsExactly(1L);
        assertThat(oldest.next()).isNull();
        assertThat(history(null, 4).next()).isNull();
        assertThat(history(99L, 1).items()).extracting(Recorded::version).containsExactly(4L);
        assertThat(history(1L, 1).items()).isEmpty();
    }

    @Test
    void aDifferenceIsThatOfTheContents() {
        lifeWithARestoration();
        assertThat(compare(1, 2))
                .hasValueSatisfying(comparison ->
                        assertThat(comparison.changes()).containsExactly(Map.entry("phone", new Change<>("+1", null))));
        assertThat(compare(2, 1))
                .hasValueSatisfying(comparison ->
                        assertThat(comparison.changes()).containsExactly(Map.entry("phone", new Change<>(null, "+1"))));
        assertThat(compare(2, 3))
                .hasValueSatisfying(
                        comparison -> assertThat(comparison.changes()).isEmpty());
        assertThat(compare(1, 4))
                .hasValueSatisfying(
                        comparison -> assertThat(comparison.changes()).isEmpty());
        assertThat(compare(1, 5)).isEmpty();
        assertThat(compare(5, 1)).isEmpty();
    }

    @Test
    void blameIsOnTheLastChangeOfAFieldAndNotOnTheFirstWithItsValue() {
        lifeWithARestoration();
        Blame blame = blame("f-1").orElseThrow();
        assertThat(blame.version()).isEqualTo(4);
        assertThat(blame.fields())
                .extracting(FieldOrigin::field, FieldOrigin::value, FieldOrigin::version)
                .containsExactly(
                        tuple("name", "Acme", 1L), tuple("phone", "+1", 4L), tuple("tags", List.of("vip"), 1L));
    }

    @Test
    void aDeletedRecordHasItsPast() {
        readModel.append("f-1", id, 1, new CustomerCreated(FIRST));
        readModel.append("f-1", id, 2, new CustomerDeleted());
        assertThat(version(1))
                .hasValueSatisfying(view -> assertThat(view.deleted()).isFalse());
        assertThat(version(2))
                .hasValueSatisfying(view -> assertThat(view.deleted()).isTrue());
        assertThat(history(null, 9).items()).hasSize(2);
        assertThat(blame("f-1").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void anotherFactoryHasNoneOfIt() {
        lifeWithARestoration();
        assertThat(ask("f-2", new FindVersion(key, 1))).isEmpty();
        assertThat(ask("f-2", new FindAsOf(key, Instant.parse("9999-12-31T23:59:59Z"))))
                .isEmpty();
        assertThat(readModel
                        .ask("f-2", new ListHistory(key, null, 9), ResponseTypes.instanceOf(HistoryPage.class))
                        .items())
                .isEmpty();
        assertThat(readModel.ask(
                        "f-2", new CompareVersions(key, 1, 2), ResponseTypes.optionalInstanceOf(Comparison.class)))
                .isEmpty();
        assertThat(blame("f-2")).isEmpty();
    }

    private void lifeWithARestoration() {
        readModel.append("f-1", id, 1, new CustomerCreated(FIRST));
        readModel.append("f-1", id, 2, new CustomerUpdated(CustomerChanges.between(FIRST, SECOND)));
        readModel.append("f-1", id, 3, new CustomerDeleted());
        readModel.append("f-1", id, 4, new CustomerRestored(1, CustomerChanges.between(SECOND, FIRST)));
    }

    @SuppressWarnings("rawtypes") // a class literal knows no type arguments
    private Optional<RecordView> version(long version) {
        return ask("f-1", new FindVersion(key, version));
    }

    @SuppressWarnings("rawtypes") // as above
    private Optional<RecordView> asOf(Instant time) {
        return ask("f-1", new FindAsOf(key, time));
    }

    @SuppressWarnings("rawtypes") // as above
    private static Optional<RecordView> ask(String factory, Object query) {
        return readModel.ask(factory, query, ResponseTypes.optionalInstanceOf(RecordView.class));
    }

    private HistoryPage history(@Nullable Long before, int limit) {
        return readModel.ask("f-1", new ListHistory(key, before, limit), ResponseTypes.instanceOf(HistoryPage.class));
    }

    private Optional<Comparison> compare(long from, long to) {
        return readModel.ask(
                "f-1", new CompareVersions(key, from, to), ResponseTypes.optionalInstanceOf(Comparison.class));
    }

    private Optional<Blame> blame(String factory) {
        return readModel.ask(factory, new ExplainFields(key), ResponseTypes.optionalInstanceOf(Blame.class));
    }

    private static CustomerDetails details(String name, @Nullable String phone, List<String> tags) {
        return new CustomerDetails(name, null, null, null, phone, null, tags, null);
    }
}

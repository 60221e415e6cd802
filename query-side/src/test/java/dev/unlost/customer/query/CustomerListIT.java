package dev.unlost.customer.query;

import static dev.unlost.customer.query.Customers.maybe;
import static dev.unlost.customer.query.Customers.pick;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.SearchText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerListIT {

    private static final Random RANDOM = new Random(20_261_123L);
    private static final Comparator<String> BY_BYTES =
            (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
    private static final List<RecordView<CustomerDetails>> ALL = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private static ReadModel readModel;

    @BeforeAll
    static void write() {
        readModel = new ReadModel();
        for (int i = 0; i < 300; i++) {
            String factory = pick(RANDOM, List.of("f-1", "f-1", "f-2"));
            String id = new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
            readModel.append(factory, id, 1, new CustomerCreated(Customers.random(RANDOM)));
            if (RANDOM.nextInt(10) == 0) {
                readModel.append(factory, id, 2, new CustomerDeleted());
            }
            ALL.add(readModel.fromLog(factory, id).orElseThrow());
        }
    }

    @AfterAll
    static void close() {
        readModel.close();
    }

    @ParameterizedTest
    @CsvSource({"NAME, false", "NAME, true", "UPDATED_AT, false", "UPDATED_AT, true"})
    void pagesAreTheMatchingCustomersInOrderEachOnce(Sort sort, boolean descending) {
        for (int round = 0; round < 25; round++) {
            ListCustomers query = new ListCustomers(
                    RANDOM.nextInt(3) == 0 ? someIds() : List.of(),
                    rarely(Customers.WORDS),
                    rarely(Customers.EMAILS),
                    rarely(Customers.TAGS),
                    rarely(Customers.COUNTRIES),
                    RANDOM.nextInt(3) == 0 ? pick(RANDOM, ALL).updatedAt() : null,
                    sort,
                    descending,
                    null,
                    5 + RANDOM.nextInt(60));
            assertThat(pages(query)).as(query.toString()).isEqualTo(expected(query));
        }
    }

    @Test
    void everythingAskedForAtOnceIsFound() {
        readModel.append(
                "f-3",
                "one",
                1,
                new CustomerCreated(new CustomerDetails(
                        "Straße",
                        null,
                        null,
                        "Ann@Example.com",
                        null,
                        new Address(null, null, null, null, "DE"),
                        List.of("vip"),
                        null)));
        for (Sort sort : Sort.values()) {
            CustomerPage page = readModel.list(
                    "f-3",
                    new ListCustomers(
                            List.of("one"),
                            "STRASS",
                            "ann@example.COM",
                            "vip",
                            "DE",
                            Instant.EPOCH,
                            sort,
                            true,
                            null,
                            1));
            assertThat(page.items())
                    .singleElement()
                    .isEqualTo(readModel.find("f-3", "one").orElseThrow());
            assertThat(page.next()).isNull();
        }
    }

    @Test
    void aPrefixMayEndInsideAWord() {
        CustomerDetails details = new CustomerDetails("οδοστρωτήρας", null, null, null, null, null, List.of(), null);
        readModel.append("f-4", "one", 1, new CustomerCreated(details));
        ListCustomers query = new ListCustomers(List.of(), "ΟΔΟΣ", null, null, null, null, Sort.NAME, false, null, 1);
        assertThat(readModel.list("f-4", query).items()).hasSize(1);
    }

    @Test
    void whatCannotBeMeantIsRefusedByName() {
        ListCustomers query = new ListCustomers(
                List.of("i\0"),
                "a\0",
                "b\uD800",
                "c\0",
                "d\0",
                Instant.MAX,
                Sort.UPDATED_AT,
                false,
                new Position("x", "y\0"),
                1);
        assertThatThrownBy(() -> readModel.list("f-1", query))
                .isInstanceOfSatisfying(
                        Refusal.InvalidFields.class,
                        refusal -> assertThat(refusal.errors())
                                .extracting(FieldError::field)
                                .containsExactly(
                                        "id", "name", "email", "tag", "country", "updatedSince", "after", "after"));
    }

    /** Of every factory, and some of nobody. */
    private static List<String> someIds() {
        return Stream.concat(
                        ALL.stream()
                                .filter(view -> RANDOM.nextBoolean())
                                .map(view -> view.key().id()),
                        Stream.of(new UUID(0, 0).toString()))
                .toList();
    }

    private static @Nullable String rarely(List<String> from) {
        return RANDOM.nextBoolean() ? null : maybe(RANDOM, from);
    }

    private static List<RecordView<CustomerDetails>> pages(ListCustomers query) {
        List<RecordView<CustomerDetails>> items = new ArrayList<>();
        Position after = null;
        do {
            CustomerPage page = readModel.list(
                    "f-1",
                    new ListCustomers(
                            query.ids(),
                            query.namePrefix(),
                            query.email(),
                            query.tag(),
                            query.country(),
                            query.updatedSince(),
                            query.sort(),
                            query.descending(),
                            after,
                            query.limit()));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
            if (page.next() != null) {
                assertThat(page.items()).hasSize(query.limit());
            }
            items.addAll(page.items());
            after = page.next();
        } while (after != null);
        return items;
    }

    private static List<RecordView<CustomerDetails>> expected(ListCustomers query) {
        Comparator<RecordView<CustomerDetails>> byValue =
                switch (query.sort()) {
                    case NAME -> Comparator.comparing(view -> key(view.details().name()), BY_BYTES);
                    case UPDATED_AT -> Comparator.comparing(RecordView::updatedAt);
                };
        Comparator<RecordView<CustomerDetails>> order =
                byValue.thenComparing(view -> view.key().id(), BY_BYTES);
        return ALL.stream()
                .filter(view -> view.factoryId().equals("f-1") && !view.deleted())
                .filter(view -> matches(query, view))
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
    }

    private static boolean matches(ListCustomers query, RecordView<CustomerDetails> view) {
        CustomerDetails details = view.details();
        String country = details.address() == null ? null : details.address().country();
        return (query.ids().isEmpty() || query.ids().contains(view.key().id()))
                && (query.namePrefix() == null || key(details.name()).startsWith(key(query.namePrefix())))
                && (query.email() == null || query.email().equalsIgnoreCase(details.email()))
                && (query.tag() == null || details.tags().contains(query.tag()))
                && (query.country() == null || query.country().equals(country))
                && (query.updatedSince() == null || !view.updatedAt().isBefore(query.updatedSince()));
    }

    private static String key(String text) {
        return SearchText.key(text);
    }
}

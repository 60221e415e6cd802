package dev.unlost.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import dev.unlost.app.support.Together;
import dev.unlost.client.Action;
import dev.unlost.client.Conflict;
import dev.unlost.client.ConflictException;
import dev.unlost.client.Customer;
import dev.unlost.client.CustomerPatch;
import dev.unlost.client.GoneException;
import dev.unlost.client.HistoryEntry;
import dev.unlost.client.LiveCollection;
import dev.unlost.client.Metahub;
import dev.unlost.client.MetahubRecord;
import dev.unlost.client.Query;
import dev.unlost.client.Records;
import dev.unlost.client.RetryPolicy;
import dev.unlost.client.UnlostClient;
import dev.unlost.client.UnlostException;
import dev.unlost.client.Versioned;
import dev.unlost.client.WriteOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class JavaClientIT {

    private static final Logger LOG = LoggerFactory.getLogger(JavaClientIT.class);

    private static final Duration A_WHILE = Duration.ofMinutes(2);

    private final String factory = "client-" + UUID.randomUUID();
    private UnlostClient ann = client("ann", SharedNodes.first(), SharedNodes.second());
    private UnlostClient bob = ann;

    @BeforeEach
    void atTheOtherNode() {
        bob = client("bob", SharedNodes.second(), SharedNodes.first());
    }

    @AfterEach
    void close() {
        ann.close();
        bob.close();
    }

    private UnlostClient client(String person, TestNode... nodes) {
        return clientOf(person, nodes).build();
    }

    private UnlostClient.Builder clientOf(String person, TestNode... nodes) {
        String token = nodes[0].token(person, factory);
        return UnlostClient.of(Stream.of(nodes).map(node -> node.uri("")).toArray(URI[]::new))
                .answerTimeout(A_WHILE)
                .conflictRetries(RetryPolicy.CONFLICTS.withAttempts(10_000).withTime(A_WHILE))
                .token(() -> token);
    }

    @Test
    void everyEditOfEightClientsSurvives() {
        int clients = 8;
        int edits = 500;
        int records = 5;
        List<String> ids = IntStream.range(0, records)
                .mapToObj(i -> ann.customers()
                        .create(Customer.named("Counter " + i).withNotes("0"))
                        .id())
                .toList();
        LongAdder retries = new LongAdder();
        long start = System.nanoTime();
        Together.run(clients, number -> {
            TestNode near = number % 2 == 0 ? SharedNodes.first() : SharedNodes.second();
            try (UnlostClient client = clientOf("writer-" + number, near)
                    .retryListener((cause, attempt, delay) -> retries.increment())
                    .build()) {
                for (int i = 0; i < edits; i++) {
                    client.customers().update(ids.get((number + i) % records), JavaClientIT::counted);
                }
            }
            return number;
        });
        LOG.info(
                "{} edits by {} clients on {} records in {} s, {} retries",
                clients * edits,
                clients,
                records,
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                retries);

        List<Versioned<Customer>> counters =
                ids.stream().map(ann.customers()::get).toList();
        assertThat(counters).allSatisfy(counter -> assertThat(counter.version()).isEqualTo(1 + count(counter.value())));
        assertThat(counters.stream().mapToLong(counter -> count(counter.value())))
                .hasSize(records)
                .allMatch(count -> count == clients * edits / records);
    }

    private static Customer counted(Customer customer) {
        return customer.withNotes(Long.toString(count(customer) + 1));
    }

    private static long count(Customer customer) {
        return Long.parseLong(String.valueOf(customer.notes()));
    }

    @Test
    void aLiveCollectionIsWhatTheServiceHas() throws Exception {
        Records<Customer> customers = ann.customers();
        customers.create(Customer.named("There before"));
        try (LiveCollection<Customer> live = bob.customers().live()) {
            assertThat(live.awaitLive(A_WHILE)).isTrue();
            List<Long> last = Together.run(4, number -> {
                try (UnlostClient client = client("writer-" + number, SharedNodes.first(), SharedNodes.second())) {
                    return randomEdits(client.customers(), new Random(number), 60);
                }
            });
            assertThat(last).hasSize(4);
            Versioned<Customer> end = customers.create(Customer.named("The last one"));
            assertThat(live.awaitVersion(end.id(), 1, A_WHILE)).isTrue();

            assertThat(live.snapshot()).isEqualTo(byId(customers.stream(Query.all())));
        }
    }

    private static long randomEdits(Records<Customer> customers, Random random, int edits) {
        Versioned<Customer> current = customers.create(Customer.named("0"));
        for (int i = 1; i <= edits; i++) {
            String number = Integer.toString(i);
            switch (random.nextInt(6)) {
                case 0 -> {
                    customers.delete(current.id(), current.version());
                    current = random.nextBoolean()
                            ? customers.create(Customer.named(number))
                            : customers.restore(current.id(), current.version() + 1, 1);
                }
                case 1 -> current = customers.create(Customer.named(number));
                default ->
                    current = customers.updateAt(
                            current, customer -> customer.withPhone(number).withNotes("edit " + number));
            }
        }
        return current.version();
    }

    private static Map<String, Versioned<Customer>> byId(Stream<Versioned<Customer>> customers) {
        return customers.collect(Collectors.toMap(Versioned::id, Function.identity()));
    }

    @Test
    void aRefusedEditTellsWhatItMet() {
        Versioned<Customer> seen = ann.customers().create(Customer.named("Acme").withPhone("+1"));
        ann.customers().updateAt(seen, customer -> customer.withPhone("+2"));

        assertThatThrownBy(() -> bob.customers().updateAt(seen, customer -> customer.withPhone("+3")))
                .isInstanceOfSatisfying(ConflictException.class, refused -> {
                    Conflict conflict = refused.conflict();
                    assertThat(conflict.reason()).isEqualTo(Conflict.Reason.STALE);
                    assertThat(conflict.actualVersion()).isEqualTo(2);
                    assertThat(conflict.overlappingFields()).containsExactly("phone");
                    assertThat(conflict.changes()).singleElement().satisfies(change -> {
                        assertThat(String.valueOf(change.base())).contains("+1");
                        assertThat(String.valueOf(change.theirs())).contains("+2");
                        assertThat(String.valueOf(change.yours())).contains("+3");
                    });
                });
    }

    @Test
    void everyEditOfAnElementSurvives() {
        Metahub main = ann.metahub("main");
        Versioned<MetahubRecord> hub = main.hubs()
                .create(MetahubRecord.named("shop", "Shop").with("name", Map.of("en", "Shop", "ru", "Магазин")));
        MetahubRecord things = MetahubRecord.named("things", "Things").with("hubs", List.of(hub.id()));
        String catalog = main.catalogs().create(things).id();
        main.attributes()
                .create(MetahubRecord.named("stock", "Stock")
                        .with("catalogId", catalog)
                        .with("type", "NUMBER"));
        String element = main.elements()
                .create(MetahubRecord.elementOf(catalog).withData("stock", 0))
                .id();
        int edits = 20;
        Together.run(4, number -> {
            Metahub metahub = (number % 2 == 0 ? ann : bob).metahub("main");
            for (int i = 0; i < edits; i++) {
                metahub.elements()
                        .update(
                                element,
                                before -> before.withData(
                                        "stock", (Integer) before.data().getOrDefault("stock", 0) + 1));
            }
            return number;
        });

        assertThat(main.elements().get(element).value().data()).isEqualTo(Map.of("stock", 4 * edits));
        assertThat(main.elements().stream(Query.all().where("catalogId", catalog)))
                .extracting(Versioned::version)
                .containsExactly(4L * edits + 1);
        Versioned<MetahubRecord> oneLanguage =
                main.hubs().update(hub.id(), before -> before.with("name", Map.of("en", "Shop")));
        assertThat(oneLanguage.value().get("name")).isEqualTo(Map.of("_primary", "en", "en", "Shop"));
        assertThat(main.hubs().update(hub.id(), before -> before)).isEqualTo(oneLanguage);
    }

    @Test
    void disjointEditsMergeWhenAsked() {
        Versioned<Customer> seen = ann.customers().create(Customer.named("Acme"));
        ann.customers().updateAt(seen, customer -> customer.withPhone("+1"));

        Versioned<Customer> merged = bob.customers()
                .with(WriteOptions.USUAL.mergingDisjoint())
                .updateAt(seen, customer -> customer.withEmail("bob@example.com"));

        assertThat(merged.version()).isEqualTo(3);
        assertThat(merged.value().phone()).isEqualTo("+1");
        assertThat(merged.value().email()).isEqualTo("bob@example.com");
    }

    @Test
    void aKeyOfOnesOwnCountsOnceAtAnyNode() {
        WriteOptions once = WriteOptions.USUAL.withIdempotencyKey("import " + UUID.randomUUID());
        Versioned<Customer> created = ann.customers().with(once).create(Customer.named("Acme"));
        try (UnlostClient elsewhere = client("ann", SharedNodes.second())) {
            assertThat(elsewhere.customers().with(once).create(Customer.named("Acme")))
                    .isEqualTo(created);
        }
        assertThat(ann.customers().stream(Query.all())).hasSize(1);
    }

    @Test
    void thePastCanBeReadComparedAndBroughtBack() {
        Records<Customer> customers = ann.customers();
        Versioned<Customer> first = customers.create(Customer.named("Acme").withPhone("+1"));
        Versioned<Customer> second = bob.customers().updateAt(first, customer -> customer.withPhone("+2"));
        customers.delete(first.id(), 2);
        assertThatThrownBy(() -> customers.get(first.id())).isInstanceOf(GoneException.class);
        Versioned<Customer> restored = customers.restore(first.id(), 3, 1);

        assertThat(restored.version()).isEqualTo(4);
        assertThat(restored.value()).isEqualTo(first.value());
        assertThat(customers.versionAt(first.id(), 2)).isEqualTo(second);
        assertThat(customers.versionAt(first.id(), second.updatedAt())).isEqualTo(second);
        assertThat(customers.history(first.id()))
                .extracting(HistoryEntry::version, HistoryEntry::action, HistoryEntry::updatedBy)
                .containsExactly(
                        tuple(4L, Action.RESTORE, "ann"),
                        tuple(3L, Action.DELETE, "ann"),
                        tuple(2L, Action.UPDATE, "bob"),
                        tuple(1L, Action.CREATE, "ann"));
        assertThat(customers.diff(first.id(), 1, 2).changes()).singleElement().satisfies(change -> {
            assertThat(change.field()).isEqualTo("phone");
            assertThat(String.valueOf(change.from())).contains("+1");
            assertThat(String.valueOf(change.to())).contains("+2");
        });
    }

    @Test
    void aFactoryIsAllThatAClientSees() {
        Versioned<Customer> ours = ann.customers().create(Customer.named("Acme"));
        String token = SharedNodes.first().token("eve", "elsewhere-" + UUID.randomUUID());
        try (UnlostClient eve =
                UnlostClient.of(SharedNodes.first().uri("")).token(() -> token).build()) {
            assertThat(eve.customers().find(ours.id())).isEmpty();
            assertThatThrownBy(() -> eve.customers()
                            .updateAt(ours.id(), 1, CustomerPatch.create().phone("+6")))
                    .isInstanceOf(UnlostException.class);
            assertThat(eve.customers().stream(Query.all())).isEmpty();
        }
        assertThat(ann.customers().get(ours.id())).isEqualTo(ours);
    }
}

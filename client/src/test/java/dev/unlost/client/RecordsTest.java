package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

class RecordsTest {

    private final Script script = new Script();
    private final TestServer server = new TestServer(script);
    private final ManualTiming timing = new ManualTiming();
    private final UnlostClient client = UnlostClient.of(server.uri())
            .timing(timing)
            .conflictRetries(new RetryPolicy(4, Duration.ofSeconds(10), Duration.ofMillis(10), Duration.ofMillis(20)))
            .build();
    private final Records<Customer> customers = client.customers();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void recordHasItsVersionAndItsContents() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"));

        assertThat(customers.get("c1"))
                .isEqualTo(new Versioned<>(
                        "c1",
                        5,
                        Customer.named("Acme").withPhone("+1").withTags(Set.of("b", "a")),
                        Instant.parse("2026-11-22T10:00:00.000001Z"),
                        "u-1",
                        Instant.parse("2026-11-22T10:15:30.000005Z"),
                        "u-2",
                        false));
    }

    @Test
    void updateSendsWhatChangedAndWhatItWasBasedOn() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1")).thenAnswer(200, Script.customer("c1", 6, "+2"));

        Versioned<Customer> updated = customers.update("c1", customer -> customer.withPhone("+2"));

        assertThat(updated.version()).isEqualTo(6);
        TestServer.Request patch = server.requests().getLast();
        assertThat(patch).hasToString("PATCH /api/customers/c1");
        assertThat(patch.header("If-Match")).isEqualTo("\"5\"");
        assertThat(patch.header("Content-Type")).isEqualTo("application/merge-patch+json");
        assertThat(patch.header("Prefer")).isNull();
        assertThat(patch.body()).isEqualTo("{\"phone\":\"+2\"}");
    }

    @Test
    void updateThatChangesNothingSendsNothing() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"));

        assertThat(customers
                        .update("c1", customer -> customer.withTags(Set.of("b", "a")))
                        .version())
                .isEqualTo(5);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void conflictIsRetriedAtOnceFromWhatItBrought() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(409, Script.conflict("c1", "stale", 5, 7, Script.customer("c1", 7, "+2")))
                .thenAnswer(200, Script.customer("c1", 8, "+21"));

        customers.update("c1", customer -> customer.withPhone(customer.phone() + "1"));

        assertThat(server.requests())
                .extracting(request -> request + " " + request.header("If-Match") + " " + request.body())
                .containsExactly(
                        "GET /api/customers/c1 null ",
                        "PATCH /api/customers/c1 \"5\" {\"phone\":\"+11\"}",
                        "PATCH /api/customers/c1 \"7\" {\"phone\":\"+21\"}");
        assertThat(server.requests().get(1).header("Idempotency-Key"))
                .as("another request has another key")
                .isNotEqualTo(server.requests().get(2).header("Idempotency-Key"));
        assertThat(timing.sleeps()).isEmpty();
    }

    @Test
    void conflictThatBringsNothingIsRetriedFromAnotherRead() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(409, Script.conflict("c1", "stale", 5, 7, "null"))
                .thenAnswer(200, Script.customer("c1", 7, "+2"))
                .thenAnswer(200, Script.customer("c1", 8, "+3"));

        assertThat(customers.update("c1", customer -> customer.withPhone("+3")).version())
                .isEqualTo(8);
        assertThat(server.requests())
                .extracting(TestServer.Request::method)
                .containsExactly("GET", "PATCH", "GET", "PATCH");
    }

    @Test
    void secondConflictWaitsAndReadsAgain() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(409, Script.conflict("c1", "stale", 5, 6, Script.customer("c1", 6, "+2")))
                .thenAnswer(409, Script.conflict("c1", "stale", 6, 7, Script.customer("c1", 7, "+2")))
                .thenAnswer(200, Script.customer("c1", 9, "+2"))
                .thenAnswer(200, Script.customer("c1", 10, "+3"));

        customers.update("c1", customer -> customer.withPhone("+3"));

        assertThat(timing.sleeps()).containsExactly(Duration.ofMillis(10));
        assertThat(server.requests().getLast().header("If-Match")).isEqualTo("\"9\"");
    }

    @Test
    void givesUpAfterTheLastAttemptAndShowsTheConflict() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"));
        for (int version = 6; version < 10; version++) {
            script.thenAnswer(
                    409, Script.conflict("c1", "stale", version - 1, version, Script.customer("c1", version, "+2")));
            if (version == 7 || version == 8) {
                script.thenAnswer(200, Script.customer("c1", version, "+2"));
            }
        }
        AtomicInteger applied = new AtomicInteger();

        ConflictException conflict = catchThrowableOfType(
                ConflictException.class,
                () -> customers.update("c1", customer -> {
                    applied.incrementAndGet();
                    return customer.withPhone("+3");
                }));

        assertThat(conflict.attempts()).isEqualTo(4);
        assertThat(applied).hasValue(4);
        assertThat(conflict.conflict().actualVersion()).isEqualTo(9);
        assertThat(conflict).hasMessageContaining("attempt 4").hasMessageContaining("changed by Ann");
    }

    @Test
    void givesUpWhenItsTimeIsOver() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1")).then((request, exchange) -> {
            timing.pass(Duration.ofSeconds(11));
            TestServer.answer(exchange, 409, Script.conflict("c1", "stale", 5, 6, Script.customer("c1", 6, "+2")));
        });

        ConflictException conflict = catchThrowableOfType(
                ConflictException.class, () -> customers.update("c1", customer -> customer.withPhone("+3")));

        assertThat(conflict.attempts()).isEqualTo(1);
    }

    @Test
    void deletedRecordIsNotTriedAgain() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(409, Script.conflict("c1", "deleted", 5, 6, Script.customer("c1", 6, "+1")));

        ConflictException conflict = catchThrowableOfType(
                ConflictException.class, () -> customers.update("c1", customer -> customer.withPhone("+3")));

        assertThat(conflict.conflict().reason()).isEqualTo(Conflict.Reason.DELETED);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void updateOfWhatWasReadBeforeDoesNotReadFirst() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1")).thenAnswer(200, Script.customer("c1", 6, "+3"));
        Versioned<Customer> seen = customers.get("c1");

        customers.update(seen, customer -> customer.withPhone("+3"));

        assertThat(server.requests()).extracting(TestServer.Request::method).containsExactly("GET", "PATCH");
    }

    @Test
    void updateTakesNoKeyOfTheCallers() {
        Records<Customer> keyed = customers.with(WriteOptions.USUAL.withIdempotencyKey("k"));

        assertThatThrownBy(() -> keyed.update("c1", customer -> customer)).isInstanceOf(IllegalStateException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatTheChangeThrowsReachesTheCaller() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"));

        assertThatThrownBy(() -> customers.update("c1", customer -> {
                    throw new IllegalArgumentException("not this one");
                }))
                .hasMessage("not this one");
    }

    @Test
    void explicitUpdateShowsTheConflictAtOnce() {
        script.thenAnswer(409, Script.conflict("c1", "stale", 5, 7, Script.customer("c1", 7, "+2")));

        ConflictException thrown = catchThrowableOfType(
                ConflictException.class,
                () -> customers.updateAt(
                        "c1", 5, CustomerPatch.create().phone("+3").email(null)));

        Conflict conflict = thrown.conflict();
        assertThat(conflict.reason()).isEqualTo(Conflict.Reason.STALE);
        assertThat(conflict.entityId()).isEqualTo("c1");
        assertThat(conflict.expectedVersion()).isEqualTo(5);
        assertThat(conflict.actualVersion()).isEqualTo(7);
        assertThat(conflict.updatedByInfo()).isEqualTo(new Person("u-1", "ann@example.com", "Ann"));
        assertThat(conflict.overlappingFields()).containsExactly("phone");
        assertThat(conflict.mergeable()).isFalse();
        assertThat(conflict.changes()).singleElement().satisfies(change -> {
            assertThat(change.field()).isEqualTo("phone");
            assertThat(text(change.base())).isEqualTo("+1");
            assertThat(text(change.theirs())).isEqualTo("+2");
            assertThat(text(change.yours())).isEqualTo("+3");
            assertThat(change.overlaps()).isTrue();
            assertThat(change.version()).isEqualTo(6);
            assertThat(change.changedBy()).isEqualTo("u-1");
        });
        assertThat(conflict.current(Resource.CUSTOMERS).orElseThrow().value().phone())
                .isEqualTo("+2");
        assertThat(thrown.attempts()).isEqualTo(1);
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEqualTo("{\"phone\":\"+3\",\"email\":null}"));
    }

    @Test
    void mergeIsAskedForOnUpdatesOnly() {
        for (int i = 0; i < 3; i++) {
            script.thenAnswer(200, Script.customer("c1", 9, "+3"));
        }
        Records<Customer> merging = customers.with(WriteOptions.USUAL.mergingDisjoint());

        merging.updateAt("c1", 5, CustomerPatch.create().phone("+3"));
        merging.replace("c1", 5, Customer.named("Acme"));
        merging.delete("c1", 9);

        assertThat(server.requests())
                .extracting(request -> String.valueOf(request.header("Prefer")))
                .containsExactly("merge=disjoint", "null", "null");
    }

    @Test
    void recordIsCreatedWholeAndAtAnIdOnlyIfThereIsNone() {
        script.thenAnswer(201, Script.customer("c 1", 1, "+1"));

        customers.createAt("c 1", Customer.named("Acme").withAddress(new Address("Main St 1", null, null, null, "DE")));

        TestServer.Request put = server.requests().getFirst();
        assertThat(put).hasToString("PUT /api/customers/c%201");
        assertThat(put.header("If-None-Match")).isEqualTo("*");
        assertThat(put.header("If-Match")).isNull();
        assertThat(Json.parse(put.body(), "a body")).isEqualTo(Json.parse("""
                        {"name":"Acme","contactName":null,"contactTitle":null,"email":null,"phone":null,
                         "address":{"street":"Main St 1","city":null,"region":null,"postalCode":null,"country":"DE"},
                         "tags":[],"notes":null}""", "a test"));
    }

    @Test
    void deletionSaysWhatItIsBasedOn() {
        script.then((request, exchange) -> TestServer.answer(exchange, 204, null));

        customers.delete("c1", 5);

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request).hasToString("DELETE /api/customers/c1");
            assertThat(request.header("If-Match")).isEqualTo("\"5\"");
            assertThat(request.body()).isEmpty();
        });
    }

    @Test
    void absentRecordIsFoundEmpty() {
        script.thenProblem(404, "not-found").thenProblem(410, "deleted");

        assertThat(customers.find("c1")).isEmpty();
        assertThat(customers.find("c1")).isEmpty();
    }

    @Test
    void pagesAreReadAsTheyAreNeeded() {
        script.thenAnswer(200, page(Script.customer("c1", 1, "+1"), Script.customer("c2", 1, "+1"), "p 2"))
                .thenAnswer(200, page(Script.customer("c3", 1, "+1"), Script.customer("c4", 1, "+1"), null));

        Iterator<String> ids = customers.stream(
                        Query.all().where("name", "A&B").sortedBy("-updatedAt").pagesOf(2))
                .map(Versioned::id)
                .iterator();

        assertThat(ids.next()).isEqualTo("c1");
        assertThat(ids.next()).isEqualTo("c2");
        assertThat(server.requests()).hasSize(1);
        assertThat(List.of(ids.next(), ids.next())).containsExactly("c3", "c4");
        assertThat(ids).isExhausted();
        assertThat(server.requests())
                .extracting(TestServer.Request::path)
                .containsExactly(
                        "/api/customers?name=A%26B&sort=-updatedAt&limit=2",
                        "/api/customers?name=A%26B&sort=-updatedAt&limit=2&after=p%202");
    }

    @Test
    void pastIsReadAndRestored() {
        script.thenAnswer(200, Script.customer("c1", 4, "+1"))
                .thenAnswer(200, Script.customer("c1", 3, "+0"))
                .thenAnswer(200, """
                        {"from":3,"to":7,"changes":[{"field":"phone","from":"+0","to":null}]}""")
                .thenAnswer(200, Script.customer("c1", 8, "+1"));

        assertThat(customers.versionAt("c1", 4).version()).isEqualTo(4);
        assertThat(customers
                        .versionAt("c1", Instant.parse("2026-11-22T10:15:30.123456Z"))
                        .version())
                .isEqualTo(3);
        Difference difference = customers.diff("c1", 3, 7);
        assertThat(difference.changes()).singleElement().satisfies(change -> {
            assertThat(text(change.from())).isEqualTo("+0");
            assertThat(change.to()).isEqualTo(NullNode.getInstance());
        });
        assertThat(customers.restore("c1", 7, 4).version()).isEqualTo(8);

        assertThat(server.requests())
                .extracting(request -> request + " " + request.header("If-Match") + " " + request.body())
                .containsExactly(
                        "GET /api/customers/c1?version=4 null ",
                        "GET /api/customers/c1?at=2026-11-22T10%3A15%3A30.123456Z null ",
                        "GET /api/customers/c1/diff?from=3&to=7 null ",
                        "POST /api/customers/c1/restore \"7\" {\"toVersion\":4}");
    }

    @Test
    void historyIsReadPageByPage() {
        script.thenAnswer(200, """
                        {"items":[{"version":2,"action":"update","updatedAt":"2026-11-22T10:15:30.123456Z",
                          "updatedBy":"u-1","updatedByInfo":{"id":"u-1","email":null,"nickname":"Ann"},
                          "changes":[{"field":"phone","from":"+0","to":"+1"}]}],"next":"x"}""").thenAnswer(200, """
                        {"items":[{"version":1,"action":"create","updatedAt":"2026-11-22T10:15:29.123456Z",
                          "updatedBy":"u-1","changes":[]}],"next":null}""");

        List<HistoryEntry> history = customers.history("c1").toList();

        assertThat(history).extracting(HistoryEntry::version).containsExactly(2L, 1L);
        assertThat(history).extracting(HistoryEntry::action).containsExactly(Action.UPDATE, Action.CREATE);
        assertThat(history.getFirst().changes())
                .extracting(FieldDifference::field)
                .containsExactly("phone");
        assertThat(server.requests())
                .extracting(TestServer.Request::path)
                .containsExactly("/api/customers/c1/history?limit=50", "/api/customers/c1/history?limit=50&after=x");
    }

    @Test
    void unchangedRecordIsNotSentAgain() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .then((request, exchange) -> TestServer.answer(exchange, 304, null, "ETag", "\"5\""))
                .thenAnswer(200, Script.customer("c1", 6, "+2"));

        try (UnlostClient caching =
                UnlostClient.of(server.uri()).timing(timing).cacheReads(1).build()) {
            Versioned<Customer> first = caching.customers().get("c1");
            assertThat(caching.customers().get("c1")).isEqualTo(first);
            assertThat(caching.customers().get("c1").version()).isEqualTo(6);
        }
        assertThat(server.requests())
                .extracting(request -> String.valueOf(request.header("If-None-Match")))
                .containsExactly("null", "\"5\"", "\"5\"");
    }

    /** An element of a metahub. */
    private record Element(String codename, Map<String, Integer> data) {}

    @Test
    void otherKindsOfRecordsHaveNamesOfTheirOwn() {
        Resource<Element> elements = Resource.of("element", "/api/metahubs/m-1/elements", Codec.of(Element.class))
                .named(MemberNames.METAHUB)
                .merging("data");
        String element = """
                {"id":"e1","metahubId":"m-1","codename":"Red","data":{"a":1,"b":2},"_uplVersion":3,
                 "_uplCreatedAt":"2026-11-22T10:15:29.123456Z","_uplCreatedBy":"u-1",
                 "_uplUpdatedAt":"2026-11-22T10:15:30.123456Z","_uplUpdatedBy":"u-1"}""";
        script.thenAnswer(200, element).thenAnswer(200, element);

        Versioned<Element> read =
                client.records(elements).update("e1", before -> new Element("Red", Map.of("a", 7, "b", 2)));

        assertThat(read.version()).isEqualTo(3);
        assertThat(server.requests().getLast().body()).isEqualTo("{\"data\":{\"a\":7}}");
    }

    @Test
    void anUpdateOfAnElementSendsTheValuesThatDiffer() {
        String element = """
                {"id":"e1","metahubId":"m-1","factoryId":"f","catalogId":"c1","codename":null,
                 "data":{"price":%s,"colour":"red"},"order":0,"_uplVersion":%s,
                 "_uplCreatedAt":"2026-11-22T10:15:29.123456Z","_uplCreatedBy":"u-1",
                 "_uplUpdatedAt":"2026-11-22T10:15:30.123456Z","_uplUpdatedBy":"u-1"}""";
        script.thenAnswer(200, element.formatted("1", "3"))
                .thenAnswer(409, Script.conflict("e1", "stale", 3, 4, element.formatted("5", "4")))
                .thenAnswer(200, element.formatted("6", "5"));

        Versioned<MetahubRecord> written = client.metahub("m-1")
                .elements()
                .update(
                        "e1",
                        before -> before.withData(
                                        "price",
                                        (Integer) Objects.requireNonNull(
                                                        before.data().get("price"))
                                                + 1)
                                .withData("colour", null)
                                .with("codename", "first"));

        assertThat(written.value().data()).isEqualTo(Map.of("price", 6, "colour", "red"));
        assertThat(written.value().members()).containsOnlyKeys("catalogId", "data", "order");
        assertThat(server.requests())
                .extracting(TestServer.Request::path)
                .containsOnly("/api/metahubs/m-1/elements/e1");
        assertThat(server.requests().getLast().body())
                .isEqualTo("{\"data\":{\"colour\":null,\"price\":6},\"codename\":\"first\"}");
    }

    @Test
    void callsNeedNotBeWaitedFor() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(200, Script.customer("c1", 6, "+2"))
                .thenProblem(404, "not-found");
        AsyncRecords<Customer> async = customers.async();

        assertThat(async.update("c1", customer -> customer.withPhone("+2"))
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join()
                        .version())
                .isEqualTo(6);
        assertThatThrownBy(() -> async.get("c2").orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(NotFoundException.class);
    }

    @Test
    void retriesAreTold() {
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(409, Script.conflict("c1", "stale", 5, 7, Script.customer("c1", 7, "+2")))
                .thenAnswer(200, Script.customer("c1", 8, "+3"));
        List<UnlostException> told = new ArrayList<>();

        try (UnlostClient watched = UnlostClient.of(server.uri())
                .timing(timing)
                .retryListener((cause, attempt, delay) -> told.add(cause))
                .build()) {
            watched.customers().update("c1", customer -> customer.withPhone("+3"));
        }

        assertThat(told).singleElement().isInstanceOf(ConflictException.class);
    }

    private static String page(String one, String other, @Nullable String next) {
        return "{\"items\":[%s,%s],\"next\":%s}".formatted(one, other, next == null ? "null" : '"' + next + '"');
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "missing" : node.asString();
    }
}

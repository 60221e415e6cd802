package dev.unlost.app.metahub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.metahub.Metahub.Created;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import dev.unlost.versioning.command.AdvisoryLocks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the records of a metahub demand of each other holds while many write at two nodes. */
class MetahubRacesIT {

    private static final int ROUNDS = 10;

    private String factory = "unset";
    private Metahub ann = new Metahub(Caller.of(SharedNodes.first(), "ann", "unset"));
    private Metahub bob = ann;

    @BeforeEach
    void aFactoryOfItsOwn() {
        factory = "races-" + UUID.randomUUID();
        ann = new Metahub(Caller.of(SharedNodes.first(), "ann", factory));
        bob = new Metahub(Caller.of(SharedNodes.second(), "bob", factory));
    }

    private Metahub at(int thread) {
        return thread % 2 == 0 ? ann : bob;
    }

    @Test
    void noElementViolatesAnAttributeThatIsNarrowedMeanwhile() {
        Created catalog = ann.catalog("things");
        Created code = ann.attribute(catalog, "code", "STRING", "searchable", true);
        int writers = 8;
        int writes = 40;
        AtomicInteger narrowed = new AtomicInteger();
        List<List<String>> accepted = Together.run(writers + 1, thread -> {
            List<String> paths = new ArrayList<>();
            if (thread == writers) {
                for (int i = 0; i < writes; i++) {
                    Map<String, Object> constraints = i % 2 == 0 ? Map.of("maxLength", 3) : Map.of("maxLength", 30);
                    Reply reply = ann.patch(code, Map.of("constraints", constraints));
                    assertThat(reply.status()).as(reply.text()).isIn(200, 422);
                    if (reply.status() == 200 && i % 2 == 0) {
                        narrowed.incrementAndGet();
                    }
                }
                return paths;
            }
            for (int i = 0; i < writes; i++) {
                String value = i % 4 == 3 ? "too long" : "ok";
                Reply reply = at(thread).postElement(catalog, Map.of("code", value));
                assertThat(reply.status()).as(reply.text()).isIn(201, 422);
                if (reply.status() == 201) {
                    String path = reply.header("Location").orElseThrow();
                    paths.add(path);
                    if (value.length() > 3) {
                        // makes room for the attribute to be narrowed
                        assertThat(ann.caller().delete(path).status()).isEqualTo(204);
                        paths.remove(path);
                    }
                }
            }
            return paths;
        });
        assertThat(narrowed).as("the test has something to look at").hasPositiveValue();
        Reply last = ann.patch(code, Map.of("constraints", Map.of("maxLength", 3)));
        assertThat(last.status()).as(last.text()).isEqualTo(200);
        Set<String> kept = new HashSet<>();
        accepted.forEach(kept::addAll);
        assertThat(ann.listed(catalog, "code", 200, "&sort=data.code"))
                .hasSize(kept.size())
                .containsOnly("ok");
    }

    @Test
    void anElementIsWrittenOnlyIntoTheShapeThatItSaw() {
        for (int round = 0; round < ROUNDS; round++) {
            Created catalog = ann.catalog("things-" + round);
            Created code = ann.attribute(catalog, "code", "STRING");
            List<Reply> replies = Together.run(
                    2,
                    thread -> thread == 0
                            ? ann.patch(code, Map.of("type", "NUMBER"))
                            : bob.postElement(catalog, Map.of("code", "text")));
            assertThat(replies)
                    .extracting(Reply::status)
                    .as("one of the two")
                    .matches(statuses -> statuses.equals(List.of(200, 422)) || statuses.equals(List.of(422, 201)));
        }
    }

    @Test
    void oneOfManyGetsACodename() {
        for (int round = 0; round < ROUNDS; round++) {
            String codename = "wanted-" + round;
            List<Reply> replies = Together.run(
                    8, thread -> at(thread).post("hubs", Map.of("codename", codename, "name", Map.of("en", "x"))));
            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
            String winner = replies.stream()
                    .filter(reply -> reply.status() == 201)
                    .findFirst()
                    .orElseThrow()
                    .json()
                    .path("id")
                    .stringValue();
            assertThat(replies)
                    .filteredOn(reply -> reply.status() != 201)
                    .allMatch(reply -> reply.status() == 409
                            && reply.json()
                                    .path("conflict")
                                    .path("entityId")
                                    .stringValue()
                                    .equals(winner));
        }
    }

    @Test
    void nothingRefersToWhatIsDeletedMeanwhile() {
        for (int round = 0; round < ROUNDS; round++) {
            Created hub = ann.hub("hub-" + round);
            String name = "catalog-" + round;
            List<Reply> replies = Together.run(
                    2,
                    thread -> thread == 0
                            ? ann.caller().delete(hub.path())
                            : bob.post(
                                    "catalogs",
                                    Map.of("codename", name, "name", Map.of("en", name), "hubs", List.of(hub.id()))));
            assertThat(replies)
                    .extracting(Reply::status)
                    .as("one of the two")
                    .matches(statuses -> statuses.equals(List.of(204, 422)) || statuses.equals(List.of(422, 201)));
        }
    }

    @Test
    void noElementRefersToOneThatIsDeletedMeanwhile() {
        Created catalog = ann.catalog("things");
        ann.attribute(catalog, "next", "REF", "refCatalogId", catalog.id());
        for (int round = 0; round < ROUNDS; round++) {
            Created target = ann.element(catalog, Map.of());
            List<Reply> replies = Together.run(
                    2,
                    thread -> thread == 0
                            ? ann.caller().delete(target.path())
                            : bob.postElement(catalog, Map.of("next", target.id())));
            assertThat(replies)
                    .extracting(Reply::status)
                    .as("one of the two")
                    .matches(statuses -> statuses.equals(List.of(204, 422)) || statuses.equals(List.of(422, 201)));
        }
    }

    @Test
    void noValueThatAnAttributeFindsUnderItsNewCodenameRefersToWhatIsDeletedMeanwhile() {
        Created targets = ann.catalog("targets");
        for (int round = 0; round < ROUNDS; round++) {
            Created catalog = ann.catalog("things-" + round);
            Created target = ann.element(targets, Map.of());
            Created removed = ann.attribute(catalog, "next", "REF", "refCatalogId", targets.id());
            ann.element(catalog, Map.of("next", target.id()));
            assertThat(ann.caller().delete(removed.path()).status()).isEqualTo(204);
            Created renamed = ann.attribute(catalog, "other", "REF", "refCatalogId", targets.id());
            List<Reply> replies = Together.run(
                    2,
                    thread -> thread == 0
                            ? ann.patch(renamed, Map.of("codename", "next"))
                            : bob.caller().delete(target.path()));
            assertThat(replies)
                    .extracting(Reply::status)
                    .as("one of the two")
                    .matches(statuses -> statuses.equals(List.of(200, 422)) || statuses.equals(List.of(422, 204)));
        }
    }

    @Test
    void aFactoryWhoseWritesWaitForEachOtherLeavesRoomForOthers() throws SQLException {
        int mayWait = 16;
        Created catalog = ann.catalog("things");
        long lock = AdvisoryLocks.number(List.of("metahub record", factory, "catalog", "main/" + catalog.id()));
        int tooMany = 4;
        CountDownLatch refused = new CountDownLatch(tooMany);
        try (Connection narrowing = SharedNodes.database().connectAsAdmin()) {
            ask(narrowing, "pg_advisory_lock", lock);
            List<Integer> statuses = Together.run(mayWait + tooMany + 1, thread -> {
                if (thread == 0) {
                    boolean told = await(refused);
                    new Metahub(Caller.of(SharedNodes.first(), "eve", "others-" + UUID.randomUUID())).hub("at-once");
                    ask(narrowing, "pg_advisory_unlock", lock);
                    return told ? 0 : -1;
                }
                Reply reply = ann.postElement(catalog, Map.of());
                if (reply.status() == 503) {
                    assertThat(reply.header("Retry-After")).isPresent();
                    refused.countDown();
                }
                return reply.status();
            });
            assertThat(statuses).filteredOn(status -> status == 503).hasSize(tooMany);
            assertThat(statuses).filteredOn(status -> status == 201).hasSize(mayWait);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(4, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void ask(Connection connection, String function, long lock) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + function + "(" + lock + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void writersOfAllKindsNeverWaitForEachOtherForEver() {
        Created catalog = ann.catalog("things");
        Created code = ann.attribute(catalog, "code", "STRING", "searchable", true);
        ann.attribute(catalog, "next", "REF", "refCatalogId", catalog.id());
        List<Created> elements = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            elements.add(ann.element(catalog, Map.of("code", "a")));
        }
        List<Integer> bad = Together.run(8, thread -> {
            int strange = 0;
            for (int i = 0; i < 25; i++) {
                Created element = elements.get((thread + i) % elements.size());
                Created other = elements.get((thread * 3 + i) % elements.size());
                Reply reply =
                        switch (thread % 4) {
                            case 0 -> at(thread).patchData(element, Map.of("next", other.id(), "code", "t" + i));
                            case 1 -> at(thread).patch(code, Map.of("searchable", i % 2 == 0));
                            case 2 ->
                                i % 2 == 0
                                        ? at(i).caller().delete(element.path())
                                        : at(i).caller().post(element.path() + "/restore", "{\"toVersion\":1}");
                            default ->
                                at(thread)
                                        .caller()
                                        .post(
                                                "/api/metahubs/main/elements:batch",
                                                "{\"atomic\":true,\"items\":[{\"method\":\"PATCH\",\"id\":\""
                                                        + element.id()
                                                        + "\",\"body\":{\"data\":{\"code\":\"b" + i + "\"}}},"
                                                        + "{\"method\":\"POST\",\"body\":{\"catalogId\":\""
                                                        + catalog.id()
                                                        + "\",\"data\":{\"next\":\"" + other.id() + "\"}}}]}");
                        };
                if (!Set.of(200, 204, 409, 422, 503).contains(reply.status())) {
                    strange++;
                }
            }
            return strange;
        });
        assertThat(bad).containsOnly(0);
    }
}

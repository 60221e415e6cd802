package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** However a write says which version was edited, the answer is the same. */
class PreconditionCarriersIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FACTORY = "carriers-" + UUID.randomUUID();
    private static final Caller ANN = Caller.of(SharedNodes.first(), "ann", FACTORY);
    private static final Caller BOB = Caller.of(SharedNodes.first(), "bob", FACTORY);
    private static final String UNKNOWN_TIME = "2001-01-01T00:00:00.000001Z";

    /** Where a write says which version was edited. */
    enum Carrier {
        STRONG_TAG,
        WEAK_TAG,
        TAG_OF_A_COMPRESSED_ANSWER,
        BARE_NUMBER,
        VERSION,
        EXPECTED_VERSION,
        BOTH_VERSIONS,
        HEADER_AND_BODY,
        UPDATED_AT,
        HEADER_AND_UPDATED_AT,
        VERSION_AND_UPDATED_AT;

        @Nullable
        String header(long version) {
            return switch (this) {
                case STRONG_TAG, HEADER_AND_BODY, HEADER_AND_UPDATED_AT -> "\"" + version + "\"";
                case WEAK_TAG -> "W/\"" + version + "\"";
                case TAG_OF_A_COMPRESSED_ANSWER -> "\"" + version + "-gzip\"";
                case BARE_NUMBER -> Long.toString(version);
                case VERSION, EXPECTED_VERSION, BOTH_VERSIONS, UPDATED_AT, VERSION_AND_UPDATED_AT -> null;
            };
        }

        boolean saysVersion() {
            return this == VERSION
                    || this == BOTH_VERSIONS
                    || this == HEADER_AND_BODY
                    || this == VERSION_AND_UPDATED_AT;
        }

        boolean saysExpectedVersion() {
            return this == EXPECTED_VERSION || this == BOTH_VERSIONS;
        }

        boolean saysTime() {
            return this == UPDATED_AT || this == HEADER_AND_UPDATED_AT || this == VERSION_AND_UPDATED_AT;
        }
    }

    enum Write {
        PATCH,
        PUT,
        DELETE
    }

    record Way(Carrier carrier, Write write) {}

    static Stream<Way> ways() {
        return Stream.of(Carrier.values())
                .flatMap(carrier -> Stream.of(Write.values()).map(write -> new Way(carrier, write)));
    }

    /** A customer that Ann created, Bob changed, and Ann changed again: at version 3. */
    record Edited(String path, List<String> times) {

        static Edited customer() {
            List<String> times = new ArrayList<>();
            Reply created = ANN.post("/api/customers", "{\"name\":\"Acme\",\"phone\":\"+1\"}");
            String path = created.header("Location").orElseThrow();
            times.add(time(created));
            times.add(time(BOB.patch(path, "{\"email\":\"b@example.com\"}", "If-Match", "\"1\"")));
            times.add(time(ANN.patch(path, "{\"phone\":\"+3\"}", "If-Match", "\"2\"")));
            return new Edited(path, times);
        }

        private static String time(Reply reply) {
            return reply.json().path("updatedAt").stringValue();
        }

        /** @return a time that the record never had, where it never had the version */
        String time(long version) {
            return version <= times.size() ? times.get((int) version - 1) : UNKNOWN_TIME;
        }

        Reply write(Way way, long version) {
            ObjectNode body = fields(way.write());
            if (way.carrier().saysVersion()) {
                body.put("version", version);
            }
            if (way.carrier().saysExpectedVersion()) {
                body.put("expectedVersion", version);
            }
            if (way.carrier().saysTime()) {
                body.put("updatedAt", time(version));
            }
            String header = way.carrier().header(version);
            String json = body.isEmpty() ? null : body.toString();
            return header == null
                    ? BOB.send(way.write().name(), path, json)
                    : BOB.send(way.write().name(), path, json, "If-Match", header);
        }

        Reply unconditionally(Write write) {
            ObjectNode body = fields(write);
            return BOB.send(write.name(), path, body.isEmpty() ? null : body.toString(), "If-Match", "*");
        }

        private static ObjectNode fields(Write write) {
            ObjectNode body = JSON.createObjectNode();
            return switch (write) {
                case PATCH -> body.put("phone", "+4");
                case PUT -> body.put("name", "Acme").put("phone", "+4");
                case DELETE -> body;
            };
        }

        String id() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theVersionThatIsThereIsChanged(Way way) throws SQLException {
        Edited customer = Edited.customer();
        accepted(customer, way.write(), customer.write(way, 3));
        assertThat(preconditionOf(customer, 4))
                .isEqualTo(way.carrier() == Carrier.UPDATED_AT ? "updatedAt" : "version");
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void theStarChangesWhateverIsThere(Write write) throws SQLException {
        Edited customer = Edited.customer();
        accepted(customer, write, customer.unconditionally(write));
        assertThat(preconditionOf(customer, 4)).isEqualTo("unconditional");
    }

    private static void accepted(Edited customer, Write write, Reply reply) {
        if (write == Write.DELETE) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(204);
            assertThat(reply.text()).isEmpty();
            assertThat(reply.header("ETag")).isEmpty();
            assertThat(BOB.get(customer.path()).version()).isEqualTo(4);
            return;
        }
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("ETag")).hasValue("\"4\"");
        assertThat(reply.version()).isEqualTo(4);
        assertThat(reply.json().path("phone").stringValue()).isEqualTo("+4");
        assertThat(reply.json().path("email").isNull()).isEqualTo(write == Write.PUT);
        assertThat(reply.json().path("updatedBy").stringValue()).isEqualTo("bob");
        assertThat(BOB.get(customer.path()).text()).isEqualTo(reply.text());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aStaleVersionIsAConflict(Way way) {
        Edited customer = Edited.customer();
        for (long version : List.of(1L, 2L)) {
            JsonNode conflict = conflict(customer.write(way, version), "stale", version, 3);
            assertThat(conflict.path("current").path("phone").stringValue()).isEqualTo("+3");
            assertThat(conflict.path("updatedBy").stringValue()).isEqualTo("ann");
            assertThat(conflict.path("updatedAt").stringValue()).isEqualTo(customer.time(3));
            JsonNode phone = changeOf(conflict, "phone");
            assertThat(phone.path("base").stringValue()).isEqualTo("+1");
            assertThat(phone.path("theirs").stringValue()).isEqualTo("+3");
            assertThat(phone.path("version").longValue()).isEqualTo(3);
            assertThat(phone.path("overlaps").booleanValue()).isTrue();
        }
        unchanged(customer);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aVersionThatIsNotThereYetIsAConflict(Way way) {
        Edited customer = Edited.customer();
        for (long version : List.of(4L, Long.MAX_VALUE)) {
            Reply reply = customer.write(way, version);
            switch (way.carrier()) {
                // there is no telling which version a time that the record never had comes before
                case UPDATED_AT -> conflict(reply, "stale", null, 3);
                case HEADER_AND_UPDATED_AT, VERSION_AND_UPDATED_AT -> {
                    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
                    assertThat(reply.json().path("code").stringValue()).isEqualTo("precondition-mismatch");
                }
                case STRONG_TAG,
                        WEAK_TAG,
                        TAG_OF_A_COMPRESSED_ANSWER,
                        BARE_NUMBER,
                        VERSION,
                        EXPECTED_VERSION,
                        BOTH_VERSIONS,
                        HEADER_AND_BODY ->
                    assertThat(conflict(reply, "ahead", version, 3).path("changes"))
                            .noneMatch(change -> change.has("base"));
            }
        }
        unchanged(customer);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aDeletedRecordIsAConflict(Way way) {
        Edited customer = Edited.customer();
        assertThat(ANN.delete(customer.path(), "If-Match", "\"3\"").status()).isEqualTo(204);
        for (long version : List.of(1L, 3L)) {
            JsonNode conflict = conflict(customer.write(way, version), "deleted", version, 4);
            assertThat(conflict.path("updatedBy").stringValue()).isEqualTo("ann");
            assertThat(conflict.path("current").path("name").stringValue()).isEqualTo("Acme");
        }
        assertThat(BOB.get(customer.path()).version()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void evenTheStarDoesNotChangeADeletedRecord(Write write) {
        Edited customer = Edited.customer();
        ANN.delete(customer.path(), "If-Match", "\"3\"");
        conflict(customer.unconditionally(write), "deleted", null, 4);
        assertThat(BOB.get(customer.path()).version()).isEqualTo(4);
    }

    @Test
    void aDeletedRecordIsGoneAndSaysWhoDeletedIt() {
        Edited customer = Edited.customer();
        ANN.delete(customer.path(), "If-Match", "\"3\"");
        for (String tag : List.of("\"3\"", "\"4\"", "*")) {
            Reply gone = BOB.get(customer.path(), "If-None-Match", tag);
            assertThat(gone.status()).as(gone.text()).isEqualTo(410);
            assertThat(gone.header("ETag")).isEmpty();
            assertThat(gone.header("Content-Type")).hasValue("application/problem+json");
            assertThat(gone.json().path("type").stringValue()).isEqualTo("/problems/deleted");
            assertThat(gone.version()).isEqualTo(4);
            assertThat(gone.json().path("deletedBy").stringValue()).isEqualTo("ann");
            assertThat(gone.json().path("deletedByInfo").path("email").stringValue())
                    .isEqualTo("ann@example.com");
            assertThat(gone.json().path("deletedAt").stringValue()).isGreaterThan(customer.time(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "W/\"3\"", "\"3-gzip\"", "*", "\"1\", \"3\"", "\"a,b\",W/\"3\""})
    void whoHasTheVersionIsNotSentItAgain(String tags) {
        Edited customer = Edited.customer();
        Reply reply = BOB.get(customer.path(), "If-None-Match", tags);
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("ETag")).hasValue("\"3\"");
        assertThat(reply.header("Cache-Control")).hasValue("private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"4\"", "\"1\", \"2\"", "\"33\"", "3", "nonsense", "\"3", ""})
    void whoHasAnotherVersionIsSentTheRecord(String tags) {
        Edited customer = Edited.customer();
        Reply reply = BOB.get(customer.path(), "If-None-Match", tags);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.version()).isEqualTo(3);
        assertThat(reply.header("ETag")).hasValue("\"3\"");
    }

    @Test
    void aRecordIsCreatedOnceAtAnIdOfTheClientsChoice() {
        String id = UUID.randomUUID().toString();
        String path = "/api/customers/" + id;
        Reply created =
                ANN.put("/api/customers/" + id.toUpperCase(Locale.ROOT), "{\"name\":\"Acme\"}", "If-None-Match", "*");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("Location")).hasValue(path);
        assertThat(created.header("ETag")).hasValue("\"1\"");
        assertThat(created.json().path("id").stringValue()).isEqualTo(id);
        assertThat(BOB.get(path).text()).isEqualTo(created.text());

        Reply again = BOB.put(path, "{\"name\":\"Other\"}", "If-None-Match", "*");
        assertThat(conflict(again, "exists", null, 1)
                        .path("current")
                        .path("name")
                        .stringValue())
                .isEqualTo("Acme");

        assertThat(ANN.delete(path, "If-Match", "\"1\"").status()).isEqualTo(204);
        conflict(BOB.put(path, "{\"name\":\"Other\"}", "If-None-Match", "*"), "deleted", null, 2);
        assertThat(BOB.get(path).status()).isEqualTo(410);
    }

    @Test
    void anIdOfAnotherFactoryIsFree() {
        String path = ANN.created("{\"name\":\"Acme\"}");
        Caller eve = Caller.of(SharedNodes.first(), "eve", "other-" + FACTORY);
        Reply created = eve.put(path, "{\"name\":\"Eve's\"}", "If-None-Match", "*");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(ANN.get(path).json().path("name").stringValue()).isEqualTo("Acme");
        assertThat(eve.get(path).json().path("name").stringValue()).isEqualTo("Eve's");
    }

    @Test
    void whatWasReadCanBeSentBackWhole() {
        Edited customer = Edited.customer();
        ObjectNode read = (ObjectNode) BOB.get(customer.path()).json();
        Reply same = BOB.put(customer.path(), read.toString());
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(same.version()).as("nothing has changed").isEqualTo(3);
        Reply changed = BOB.put(customer.path(), read.put("phone", "+4").toString());
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.version()).isEqualTo(4);
    }

    private static JsonNode conflict(Reply reply, String reason, @Nullable Long expected, long actual) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(409);
        assertThat(reply.header("ETag")).isEmpty();
        assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.json().path("type").stringValue()).isEqualTo("/problems/version-conflict");
        assertThat(reply.json().path("code").stringValue()).isEqualTo("OPTIMISTIC_LOCK_CONFLICT");
        JsonNode conflict = reply.json().path("conflict");
        assertThat(conflict.path("reason").stringValue()).isEqualTo(reason);
        if (expected == null) {
            assertThat(conflict.path("expectedVersion").isNull()).isTrue();
        } else {
            assertThat(conflict.path("expectedVersion").longValue()).isEqualTo(expected);
        }
        assertThat(conflict.path("actualVersion").longValue()).isEqualTo(actual);
        assertThat(conflict.path("current").path("version").longValue()).isEqualTo(actual);
        return conflict;
    }

    private static JsonNode changeOf(JsonNode conflict, String field) {
        for (JsonNode change : conflict.path("changes")) {
            if (change.path("field").stringValue().equals(field)) {
                return change;
            }
        }
        throw new AssertionError("no change of " + field + " in " + conflict);
    }

    private static void unchanged(Edited customer) {
        Reply now = BOB.get(customer.path());
        assertThat(now.version()).isEqualTo(3);
        assertThat(now.json().path("updatedAt").stringValue()).isEqualTo(customer.time(3));
    }

    /** @return what the event of that version says of how it was asked for */
    private static String preconditionOf(Edited customer, long version) throws SQLException {
        try (Connection connection = SharedNodes.database().connectAsAdmin();
                PreparedStatement query = connection.prepareStatement("""
                        select metadata ->> 'precondition' from unlost.event
                        where factory_id = ? and aggregate_id like ? and sequence_number = ?""")) {
            query.setString(1, FACTORY);
            query.setString(2, "%" + customer.id());
            query.setLong(3, version - 1);
            try (ResultSet rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}

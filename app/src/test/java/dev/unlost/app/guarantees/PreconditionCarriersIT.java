package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** However a write says which version was edited, the answer is the same. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class PreconditionCarriersIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNKNOWN_TIME = "2001-01-01T00:00:00.000001Z";

    private final RecordKind kind;
    private final String factory = "carriers-" + UUID.randomUUID();
    private final Caller ann = Caller.of(SharedNodes.first(), "ann", factory);
    private final Caller bob = Caller.of(SharedNodes.first(), "bob", factory);
    private final Records records;

    PreconditionCarriersIT(RecordKind kind) {
        this.kind = kind;
        this.records = kind.in(ann);
    }

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

    /** Each carrier with each write; of the kinds that share all their code, with PATCH, and the main ones with all. */
    private List<Way> ways(Carrier carrier) {
        boolean all = kind == RecordKind.CUSTOMER || carrier == Carrier.STRONG_TAG || carrier == Carrier.UPDATED_AT;
        return Stream.of(Write.values())
                .filter(write -> all || write == Write.PATCH)
                .map(write -> new Way(carrier, write))
                .toList();
    }

    /** A record that Ann created, Bob changed, and Ann changed again: at version 3. */
    final class Edited {
        private final String path;
        private final List<String> times = new ArrayList<>();

        Edited() {
            Reply created = ann.post(kind.path(), records.whole("+1"));
            path = created.header("Location").orElseThrow();
            times.add(time(created));
            times.add(time(bob.patch(path, records.second("b"), "If-Match", "\"1\"")));
            times.add(time(ann.patch(path, records.first("+3"), "If-Match", "\"2\"")));
        }

        private String time(Reply reply) {
            return reply.json().path(kind.updatedAtMember()).stringValue();
        }

        String path() {
            return path;
        }

        /** @return a time that the record never had, where it never had the version */
        String time(long version) {
            return version <= times.size() ? times.get((int) version - 1) : UNKNOWN_TIME;
        }

        Reply write(Way way, long version) {
            ObjectNode body = fields(way.write());
            if (way.carrier().saysVersion()) {
                body.put(kind.versionMember(), version);
            }
            if (way.carrier().saysExpectedVersion()) {
                body.put("expectedVersion", version);
            }
            if (way.carrier().saysTime()) {
                body.put(kind.updatedAtMember(), time(version));
            }
            String header = way.carrier().header(version);
            String json = body.isEmpty() ? null : body.toString();
            return header == null
                    ? bob.send(way.write().name(), path, json)
                    : bob.send(way.write().name(), path, json, "If-Match", header);
        }

        Reply unconditionally(Write write, String... headers) {
            ObjectNode body = fields(write);
            return bob.send(write.name(), path, body.isEmpty() ? null : body.toString(), headers);
        }

        private ObjectNode fields(Write write) {
            return switch (write) {
                case PATCH -> (ObjectNode) JSON.readTree(records.first("+4"));
                case PUT -> (ObjectNode) JSON.readTree(records.whole("+4"));
                case DELETE -> JSON.createObjectNode();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void theVersionThatIsThereIsChanged(Carrier carrier) {
        for (Way way : ways(carrier)) {
            Edited record = new Edited();
            accepted(record, way.write(), record.write(way, 3));
            assertThat(preconditionOf(record, 4))
                    .isEqualTo(way.carrier() == Carrier.UPDATED_AT ? "updatedAt" : "version");
        }
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void theStarChangesWhateverIsThere(Write write) {
        Edited record = new Edited();
        accepted(record, write, record.unconditionally(write, "If-Match", "*"));
        assertThat(preconditionOf(record, 4)).isEqualTo("unconditional");
    }

    private void accepted(Edited record, Write write, Reply reply) {
        if (write == Write.DELETE) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(204);
            assertThat(reply.text()).isEmpty();
            assertThat(reply.header("ETag")).isEmpty();
            assertThat(bob.get(record.path()).version()).isEqualTo(4);
            return;
        }
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("ETag")).hasValue("\"4\"");
        assertThat(reply.version()).isEqualTo(4);
        assertThat(records.first(reply.json())).isEqualTo("+4");
        assertThat(records.second(reply.json()).isEmpty()).isEqualTo(write == Write.PUT);
        assertThat(reply.json().path(kind.member("updatedBy")).stringValue()).isEqualTo("bob");
        assertThat(bob.get(record.path()).text()).isEqualTo(reply.text());
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void aStaleVersionIsAConflict(Carrier carrier) {
        for (Way way : ways(carrier)) {
            Edited record = new Edited();
            for (long version : List.of(1L, 2L)) {
                JsonNode conflict = conflict(record.write(way, version), "stale", version, 3);
                assertThat(records.first(conflict.path("current"))).isEqualTo("+3");
                assertThat(conflict.path("updatedBy").stringValue()).isEqualTo("ann");
                assertThat(conflict.path("updatedAt").stringValue()).isEqualTo(record.time(3));
                JsonNode first = changeOf(conflict, kind.firstField());
                assertThat(kind.text(first.path("base"))).isEqualTo("+1");
                assertThat(kind.text(first.path("theirs"))).isEqualTo("+3");
                assertThat(first.path("version").longValue()).isEqualTo(3);
                assertThat(first.path("overlaps").booleanValue()).isTrue();
            }
            unchanged(record);
        }
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void aVersionThatIsNotThereYetIsAConflict(Carrier carrier) {
        for (Way way : ways(carrier)) {
            Edited record = new Edited();
            for (long version : List.of(4L, Long.MAX_VALUE)) {
                Reply reply = record.write(way, version);
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
            unchanged(record);
        }
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void aDeletedRecordIsAConflict(Carrier carrier) {
        for (Way way : ways(carrier)) {
            Edited record = new Edited();
            assertThat(ann.delete(record.path(), "If-Match", "\"3\"").status()).isEqualTo(204);
            for (long version : List.of(1L, 3L)) {
                JsonNode conflict = conflict(record.write(way, version), "deleted", version, 4);
                assertThat(conflict.path("updatedBy").stringValue()).isEqualTo("ann");
                assertThat(records.first(conflict.path("current"))).isEqualTo("+3");
            }
            assertThat(bob.get(record.path()).version()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void evenTheStarDoesNotChangeADeletedRecord(Write write) {
        Edited record = new Edited();
        ann.delete(record.path(), "If-Match", "\"3\"");
        conflict(record.unconditionally(write, "If-Match", "*"), "deleted", null, 4);
        assertThat(bob.get(record.path()).version()).isEqualTo(4);
    }

    @Test
    void aDeletedRecordIsGoneAndSaysWhoDeletedIt() {
        Edited record = new Edited();
        ann.delete(record.path(), "If-Match", "\"3\"");
        for (String tag : List.of("\"3\"", "\"4\"", "*")) {
            Reply gone = bob.get(record.path(), "If-None-Match", tag);
            assertThat(gone.status()).as(gone.text()).isEqualTo(410);
            assertThat(gone.header("ETag")).isEmpty();
            assertThat(gone.header("Content-Type")).hasValue("application/problem+json");
            assertThat(gone.json().path("type").stringValue()).isEqualTo("/problems/deleted");
            assertThat(gone.version()).isEqualTo(4);
            assertThat(gone.json().path("deletedBy").stringValue()).isEqualTo("ann");
            assertThat(gone.json().path("deletedByInfo").path("email").stringValue())
                    .isEqualTo("ann@example.com");
            assertThat(gone.json().path("deletedAt").stringValue()).isGreaterThan(record.time(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "W/\"3\"", "\"3-gzip\"", "*", "\"1\", \"3\"", "\"a,b\",W/\"3\""})
    void whoHasTheVersionIsNotSentItAgain(String tags) {
        Edited record = new Edited();
        Reply reply = bob.get(record.path(), "If-None-Match", tags);
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("ETag")).hasValue("\"3\"");
        assertThat(reply.header("Cache-Control")).hasValue("private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"4\"", "\"1\", \"2\"", "\"33\"", "3", "nonsense", "\"3", ""})
    void whoHasAnotherVersionIsSentTheRecord(String tags) {
        Edited record = new Edited();
        Reply reply = bob.get(record.path(), "If-None-Match", tags);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.version()).isEqualTo(3);
        assertThat(reply.header("ETag")).hasValue("\"3\"");
    }

    @Test
    void aRecordIsCreatedOnceAtAnIdOfTheClientsChoice() {
        String id = UUID.randomUUID().toString();
        String path = kind.path(id);
        Reply created = ann.put(kind.path(id.toUpperCase(Locale.ROOT)), records.whole("+1"), "If-None-Match", "*");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("Location")).hasValue(path);
        assertThat(created.header("ETag")).hasValue("\"1\"");
        assertThat(created.json().path("id").stringValue()).isEqualTo(id);
        assertThat(bob.get(path).text()).isEqualTo(created.text());

        Reply again = bob.put(path, records.whole("+2"), "If-None-Match", "*");
        assertThat(records.first(conflict(again, "exists", null, 1).path("current")))
                .isEqualTo("+1");

        assertThat(ann.delete(path, "If-Match", "\"1\"").status()).isEqualTo(204);
        conflict(bob.put(path, records.whole("+2"), "If-None-Match", "*"), "deleted", null, 2);
        assertThat(bob.get(path).status()).isEqualTo(410);
    }

    @Test
    void anIdOfAnotherFactoryIsFree() {
        String path = records.created(ann, "ours");
        Caller eve = Caller.of(SharedNodes.first(), "eve", "other-" + factory);
        Reply created = eve.put(path, kind.in(eve).whole("eve's"), "If-None-Match", "*");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(records.first(ann.get(path).json())).isEqualTo("ours");
        assertThat(records.first(eve.get(path).json())).isEqualTo("eve's");
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void aWriteWithoutAVersionIsRefusedOrRecordedAsUnconditional(Write write) {
        Edited record = new Edited();
        Reply reply = record.unconditionally(write);
        if (kind.requiresVersion()) {
            assertThat(reply.status()).isEqualTo(428);
            unchanged(record);
        } else {
            accepted(record, write, reply);
            assertThat(preconditionOf(record, 4)).isEqualTo("unconditional");
        }
    }

    @Test
    void whatWasReadCanBeSentBackWhole() {
        Edited record = new Edited();
        ObjectNode read = (ObjectNode) bob.get(record.path()).json();
        Reply same = bob.put(record.path(), read.toString());
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(same.version()).as("nothing has changed").isEqualTo(3);
        String edited = read.toString().replace("\"+3\"", "\"+4\"");
        Reply changed = bob.put(record.path(), edited);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(records.first(changed.json())).isEqualTo("+4");
        assertThat(changed.version()).isEqualTo(4);
    }

    private JsonNode conflict(Reply reply, String reason, @Nullable Long expected, long actual) {
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
        assertThat(Reply.version(conflict.path("current"))).isEqualTo(actual);
        return conflict;
    }

    private JsonNode changeOf(JsonNode conflict, String field) {
        for (JsonNode change : conflict.path("changes")) {
            if (change.path("field").stringValue().equals(field)) {
                return change;
            }
        }
        throw new AssertionError("no change of " + field + " in " + conflict);
    }

    private void unchanged(Edited record) {
        Reply now = bob.get(record.path());
        assertThat(now.version()).isEqualTo(3);
        assertThat(now.json().path(kind.updatedAtMember()).stringValue()).isEqualTo(record.time(3));
    }

    /** @return what the event of that version says of how it was asked for */
    private String preconditionOf(Edited record, long version) {
        return SharedNodes.database()
                .asAdmin()
                .sql("""
                        select metadata ->> 'precondition' from unlost.event
                        where factory_id = ? and aggregate_id = ? and sequence_number = ?""")
                .params(factory, kind.storedId(record.path()), version - 1)
                .query(String.class)
                .single();
    }
}

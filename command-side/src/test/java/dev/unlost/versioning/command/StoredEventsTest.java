package dev.unlost.versioning.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.AppliedOver;
import dev.unlost.versioning.AppliedOver.Overwritten;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was once stored must be readable for ever. A file here is never changed: an event that is stored differently gets
 * a new revision, a new file, and an upcaster for the old one.
 */
class StoredEventsTest {

    private static final List<RecordType<?, ?>> TYPES = List.of(CustomerType.INSTANCE);

    /** By the name of the approved file. */
    private static final Map<String, RecordEvent> APPROVED = Map.of(
            "customer.created.1",
            new CustomerCreated(new CustomerDetails(
                    "Alfreds Futterkiste",
                    "Maria Anders",
                    "Sales Representative",
                    "maria@example.com",
                    "030-0074321",
                    new Address("Obere Str. 57", "Berlin", "BE", "12209", "DE"),
                    List.of("food", "vip"),
                    "first line\nsecond line")),
            "customer.updated.1",
            new CustomerUpdated(new CustomerChanges(
                    new Change<>("Alfreds", "Alfreds Futterkiste"),
                    null,
                    null,
                    new Change<>(null, "maria@example.com"),
                    new Change<>("030-0074321", null),
                    new Change<>(
                            new Address(null, "Berlin", null, null, null), new Address(null, "Bonn", null, null, "DE")),
                    new Change<>(List.of(), List.of("vip")),
                    null)),
            "customer.deleted.1",
            new CustomerDeleted(),
            "customer.restored.1",
            new CustomerRestored(
                    4, new CustomerChanges(null, null, null, null, null, null, null, new Change<>("late", "early"))));

    private final NamedEventSerializer serializer = new NamedEventSerializer(TYPES);
    private final JsonMapper mapper = JsonMapper.builder().build();

    static Iterable<String> files() {
        return new TreeSet<>(APPROVED.keySet());
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatWasStoredIsRead(String file) throws IOException {
        int dot = file.lastIndexOf('.');
        Object read = serializer.deserialize(new SimpleSerializedObject<>(
                json(file), String.class, file.substring(0, dot), file.substring(dot + 1)));
        assertThat(read).isEqualTo(APPROVED.get(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsStoredTodayIsWhatWasApproved(String file) throws IOException {
        SerializedObject<String> stored = serializer.serialize(APPROVED.get(file), String.class);
        assertThat(stored.getType().getName() + "." + stored.getType().getRevision())
                .isEqualTo(file);
        assertThat(mapper.readTree(stored.getData())).isEqualTo(mapper.readTree(json(file)));
    }

    @Test
    void everyEventHasAnApprovedFile() {
        assertThat(APPROVED.keySet().stream()
                        .map(file -> file.substring(0, file.lastIndexOf('.')))
                        .collect(Collectors.toSet()))
                .isEqualTo(TYPES.stream()
                        .flatMap(type -> type.eventNames().keySet().stream())
                        .collect(Collectors.toSet()));
    }

    @Test
    void whatStandsBesideAnEventIsStoredAsApproved() throws IOException {
        AppliedOver over = new AppliedOver(3, 4, false, List.of(new Overwritten("phone", 4, "u-2")));
        MetaData metaData = MetaData.from(EventMetaData.of(
                new Origin("factory-1", "u-1", "request-1"),
                Instant.parse("2026-11-22T10:15:30.123456Z"),
                ExpectedVersion.UNCONDITIONAL,
                new IdempotencyKey("key-1", "digest"),
                over));
        SerializedObject<String> stored = serializer.serialize(metaData, String.class);
        assertThat(mapper.readTree(stored.getData())).isEqualTo(mapper.readTree(json("metadata.1")));

        MetaData read = serializer.deserialize(stored);
        Recorded<CustomerDeleted> recorded = EventMetaData.recorded(new CustomerDeleted(), 4, read);
        assertThat(recorded.appliedOver()).isEqualTo(over);
        assertThat(recorded.unconditional()).isTrue();
    }

    private static String json(String file) throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                StoredEventsTest.class.getResourceAsStream("/stored-events/" + file + ".json"), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

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
import dev.unlost.metahub.MetahubEvent;
import dev.unlost.metahub.MetahubType;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was once stored must be readable for ever. A file here is never changed: an event that is stored differently gets
 * a new revision, a new file, and an upcaster for the old one.
 */
class StoredEventsTest {

    private static final List<RecordType<?, ?>> TYPES = List.of(
            CustomerType.INSTANCE, MetahubType.HUB, MetahubType.CATALOG, MetahubType.ATTRIBUTE, MetahubType.ELEMENT);

    private static final Map<String, Object> NAME = Map.of("_primary", "en", "en", "Countries", "ru", "Страны");

    private static final Map<String, Change<Object>> RENAMED = Map.of(
            "codename",
            new Change<>("lands", "countries"),
            "name",
            new Change<>(Map.of("_primary", "en", "en", "Lands"), NAME));

    /** By the name of the approved file. */
    private static final Map<String, RecordEvent> APPROVED = new TreeMap<>(Map.of(
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
                    4, new CustomerChanges(null, null, null, null, null, null, null, new Change<>("late", "early")))));

    static {
        APPROVED.put("hub.created.1", new MetahubEvent.HubCreated(Map.of("codename", "geography", "name", NAME)));
        APPROVED.put("hub.updated.1", new MetahubEvent.HubUpdated(RENAMED));
        APPROVED.put("hub.deleted.1", new MetahubEvent.HubDeleted());
        APPROVED.put("hub.restored.1", new MetahubEvent.HubRestored(4, RENAMED));
        APPROVED.put(
                "catalog.created.1",
                new MetahubEvent.CatalogCreated(Map.of(
                        "codename",
                        "countries",
                        "config",
                        Map.of("columns", List.of("code")),
                        "hubs",
                        List.of("3f2c1d5e-0000-4000-8000-000000000002"),
                        "name",
                        NAME,
                        "order",
                        3)));
        APPROVED.put("catalog.updated.1", new MetahubEvent.CatalogUpdated(RENAMED));
        APPROVED.put("catalog.deleted.1", new MetahubEvent.CatalogDeleted());
        APPROVED.put("catalog.restored.1", new MetahubEvent.CatalogRestored(4, RENAMED));
        APPROVED.put(
                "attribute.created.1",
                new MetahubEvent.AttributeCreated(Map.of(
                        "catalogId",
                        "3f2c1d5e-0000-4000-8000-000000000002",
                        "codename",
                        "code",
                        "constraints",
                        Map.of("maxLength", 2, "pattern", "^[A-Z]{2}$"),
                        "name",
                        NAME,
                        "order",
                        0,
                        "required",
                        true,
                        "searchable",
                        true,
                        "type",
                        "STRING")));
        APPROVED.put("attribute.updated.1", new MetahubEvent.AttributeUpdated(RENAMED));
        APPROVED.put("attribute.deleted.1", new MetahubEvent.AttributeDeleted());
        APPROVED.put("attribute.restored.1", new MetahubEvent.AttributeRestored(4, RENAMED));
        APPROVED.put(
                "element.created.1",
                new MetahubEvent.ElementCreated(Map.of(
                        "catalogId",
                        "3f2c1d5e-0000-4000-8000-000000000002",
                        "codename",
                        "de",
                        "data.area",
                        357588.5,
                        "data.code",
                        "DE",
                        "data.member",
                        true,
                        "order",
                        0)));
        APPROVED.put("element.updated.1", new MetahubEvent.ElementUpdated(RENAMED));
        APPROVED.put("element.deleted.1", new MetahubEvent.ElementDeleted());
        APPROVED.put("element.restored.1", new MetahubEvent.ElementRestored(4, RENAMED));
    }

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
        AppliedOver over = new AppliedOver(3, 4, null, List.of(new Overwritten("phone", 4, "u-2")));
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

    @Test
    void whatAnEventWasMergedWithIsReadAsItWasWritten() {
        for (AppliedOver over : List.of(
                new AppliedOver(2, 4, null, List.of()),
                new AppliedOver(2, 4, 2L, List.of()),
                new AppliedOver(2, 4, 4L, List.of()))) {
            assertThat(appliedOver(serializer.serialize(
                            MetaData.from(EventMetaData.of(
                                    new Origin("factory-1", "u-1", null),
                                    Instant.EPOCH,
                                    ExpectedVersion.version(1),
                                    null,
                                    over)),
                            String.class)))
                    .isEqualTo(over);
        }
    }

    @Test
    void whatWasStoredBeforeThatWasToldApartWasMergedWithAllOfIt() {
        String metaData = "{\"factory\":\"f\",\"actor\":\"a\",\"at\":\"2026-11-22T10:15:30.123456Z\","
                + "\"appliedOver\":{\"from\":2,\"to\":4,\"merged\":true}}";
        assertThat(appliedOver(new SimpleSerializedObject<>(metaData, String.class, MetaData.class.getName(), null)))
                .isEqualTo(new AppliedOver(2, 4, 2L, List.of()));
    }

    private @Nullable AppliedOver appliedOver(SerializedObject<String> metaData) {
        MetaData read = serializer.deserialize(metaData);
        return EventMetaData.recorded(new CustomerDeleted(), 4, read).appliedOver();
    }

    private static String json(String file) throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                StoredEventsTest.class.getResourceAsStream("/stored-events/" + file + ".json"), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

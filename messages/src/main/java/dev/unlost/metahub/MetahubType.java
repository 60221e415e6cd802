package dev.unlost.metahub;

import static java.util.Objects.requireNonNull;

import dev.unlost.metahub.MetahubEvent.AttributeCreated;
import dev.unlost.metahub.MetahubEvent.AttributeDeleted;
import dev.unlost.metahub.MetahubEvent.AttributeRestored;
import dev.unlost.metahub.MetahubEvent.AttributeUpdated;
import dev.unlost.metahub.MetahubEvent.CatalogCreated;
import dev.unlost.metahub.MetahubEvent.CatalogDeleted;
import dev.unlost.metahub.MetahubEvent.CatalogRestored;
import dev.unlost.metahub.MetahubEvent.CatalogUpdated;
import dev.unlost.metahub.MetahubEvent.Created;
import dev.unlost.metahub.MetahubEvent.Deleted;
import dev.unlost.metahub.MetahubEvent.ElementCreated;
import dev.unlost.metahub.MetahubEvent.ElementDeleted;
import dev.unlost.metahub.MetahubEvent.ElementRestored;
import dev.unlost.metahub.MetahubEvent.ElementUpdated;
import dev.unlost.metahub.MetahubEvent.HubCreated;
import dev.unlost.metahub.MetahubEvent.HubDeleted;
import dev.unlost.metahub.MetahubEvent.HubRestored;
import dev.unlost.metahub.MetahubEvent.HubUpdated;
import dev.unlost.metahub.MetahubEvent.Restored;
import dev.unlost.metahub.MetahubEvent.Updated;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.PlainJson;
import dev.unlost.versioning.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record types of a metahub. They differ in the fields they have; all else is the same for each. A record's id is
 * unique within its metahub, which is the namespace of its key.
 */
public final class MetahubType implements RecordType<MetahubDetails, MetahubEvent> {

    public static final String CODENAME = "codename";
    public static final String CATALOG_ID = "catalogId";
    public static final String HUBS = "hubs";
    public static final String ORDER = "order";
    public static final String DATA = "data";

    /** What the names of the fields that hold an element's values begin with. */
    public static final String DATA_PREFIX = DATA + ".";

    private static final int MOST_VALUES = 500;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final MetahubField NAME = MetahubField.required("name", MetahubField.localized(200, true));
    private static final MetahubField DESCRIPTION =
            MetahubField.optional("description", MetahubField.localized(10_000, false));
    private static final MetahubField UNIQUE_NAME = MetahubField.required(CODENAME, MetahubField::codename);
    private static final MetahubField IN_CATALOG = MetahubField.required(CATALOG_ID, MetahubField::id);
    private static final MetahubField PLACE = MetahubField.withFallback(ORDER, 0L, MetahubField::order);

    /** Groups catalogs. */
    public static final MetahubType HUB = new MetahubType(
            "hub",
            List.of(UNIQUE_NAME, NAME, DESCRIPTION),
            new Events(HubCreated::new, HubUpdated::new, HubDeleted::new, HubRestored::new),
            Map.of(
                    "hub.created", HubCreated.class,
                    "hub.updated", HubUpdated.class,
                    "hub.deleted", HubDeleted.class,
                    "hub.restored", HubRestored.class));

    /** A code list or directory: its attributes say what its elements look like. */
    public static final MetahubType CATALOG = new MetahubType(
            "catalog",
            List.of(
                    UNIQUE_NAME,
                    NAME,
                    DESCRIPTION,
                    MetahubField.withFallback(HUBS, List.of(), MetahubField::ids),
                    MetahubField.optional("config", MetahubField::object),
                    PLACE),
            new Events(CatalogCreated::new, CatalogUpdated::new, CatalogDeleted::new, CatalogRestored::new),
            Map.of(
                    "catalog.created", CatalogCreated.class,
                    "catalog.updated", CatalogUpdated.class,
                    "catalog.deleted", CatalogDeleted.class,
                    "catalog.restored", CatalogRestored.class));

    /** Says what value the elements of its catalog have under its codename. */
    public static final MetahubType ATTRIBUTE = new MetahubType(
            "attribute",
            List.of(
                    IN_CATALOG,
                    UNIQUE_NAME,
                    NAME,
                    DESCRIPTION,
                    MetahubField.required("type", MetahubField::kind),
                    MetahubField.withFallback("required", false, MetahubField::flag),
                    MetahubField.optional("constraints", MetahubField::constraints),
                    MetahubField.optional("refCatalogId", MetahubField::id),
                    MetahubField.withFallback("searchable", false, MetahubField::flag),
                    PLACE),
            new Events(AttributeCreated::new, AttributeUpdated::new, AttributeDeleted::new, AttributeRestored::new),
            Map.of(
                    "attribute.created", AttributeCreated.class,
                    "attribute.updated", AttributeUpdated.class,
                    "attribute.deleted", AttributeDeleted.class,
                    "attribute.restored", AttributeRestored.class));

    /** An entry of a catalog. */
    public static final MetahubType ELEMENT = new MetahubType(
            "element",
            List.of(
                    IN_CATALOG,
                    MetahubField.optional(CODENAME, MetahubField::codename),
                    MetahubField.optional("name", MetahubField.localized(200, true)),
                    DESCRIPTION,
                    MetahubField.withFallback(DATA, Map.of(), MetahubField::object),
                    PLACE),
            new Events(ElementCreated::new, ElementUpdated::new, ElementDeleted::new, ElementRestored::new),
            Map.of(
                    "element.created", ElementCreated.class,
                    "element.updated", ElementUpdated.class,
                    "element.deleted", ElementDeleted.class,
                    "element.restored", ElementRestored.class));

    public static final List<MetahubType> ALL = List.of(HUB, CATALOG, ATTRIBUTE, ELEMENT);

    private final String name;
    private final List<MetahubField> fields;
    private final Events events;
    private final Map<String, Class<? extends MetahubEvent>> eventNames;

    private MetahubType(
            String name,
            List<MetahubField> fields,
            Events events,
            Map<String, Class<? extends MetahubEvent>> eventNames) {
        this.name = name;
        this.fields = fields;
        this.events = events;
        this.eventNames = eventNames;
    }

    /** How a type's events are made. */
    private record Events(
            Function<Map<String, Object>, Created> created,
            Function<Map<String, Change<Object>>, Updated> updated,
            Supplier<Deleted> deleted,
            Restoration restored) {}

    @FunctionalInterface
    private interface Restoration {
        Restored to(long version, Map<String, Change<Object>> changed);
    }

    /** @throws IllegalArgumentException if there is no such type */
    public static MetahubType named(String name) {
        return ALL.stream()
                .filter(type -> type.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no type " + name));
    }

    @Override
    public String name() {
        return name;
    }

    /** @return the names of the fields as bodies have them */
    public List<String> members() {
        return fields.stream().map(MetahubField::name).toList();
    }

    @Override
    public Class<MetahubDetails> detailsType() {
        return MetahubDetails.class;
    }

    @Override
    public Class<MetahubEvent> eventType() {
        return MetahubEvent.class;
    }

    @Override
    public Map<String, Class<? extends MetahubEvent>> eventNames() {
        return eventNames;
    }

    @Override
    public MetahubDetails evolve(@Nullable MetahubDetails before, MetahubEvent event) {
        return switch (event) {
            case Created created -> new MetahubDetails(created.fields());
            case Updated updated -> applied(updated.changed(), requireNonNull(before));
            case Deleted deleted -> requireNonNull(before);
            case Restored restored -> applied(restored.changed(), requireNonNull(before));
        };
    }

    private static MetahubDetails applied(Map<String, Change<Object>> changed, MetahubDetails before) {
        Map<String, Object> values = new TreeMap<>(before.values());
        changed.forEach((field, change) -> {
            Object to = change.to();
            if (to == null) {
                values.remove(field);
            } else {
                values.put(field, to);
            }
        });
        return new MetahubDetails(values);
    }

    @Override
    public Map<String, @Nullable Object> fields(MetahubDetails details) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (MetahubField field : fields) {
            if (field.name().equals(DATA)) {
                details.data().forEach((codename, value) -> all.put(DATA_PREFIX + codename, value));
            } else {
                all.put(field.name(), details.get(field.name()));
            }
        }
        return all;
    }

    /** @return the contents as bodies have them: every field, the values of attributes together under {@code data} */
    public Map<String, @Nullable Object> nested(MetahubDetails details) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (MetahubField field : fields) {
            all.put(field.name(), field.name().equals(DATA) ? details.data() : details.get(field.name()));
        }
        return all;
    }

    @Override
    public int weight(MetahubDetails details) {
        return 500 + PlainJson.weight(details.values());
    }

    public MetahubEvent created(MetahubDetails details) {
        return events.created().apply(details.values());
    }

    public MetahubEvent updated(MetahubDetails before, MetahubDetails after) {
        return events.updated().apply(changes(before, after));
    }

    public MetahubEvent deleted() {
        return events.deleted().get();
    }

    public MetahubEvent restored(long toVersion, MetahubDetails before, MetahubDetails after) {
        return events.restored().to(toVersion, changes(before, after));
    }

    private Map<String, Change<Object>> changes(MetahubDetails before, MetahubDetails after) {
        Map<String, @Nullable Object> from = fields(before);
        Map<String, @Nullable Object> to = fields(after);
        Map<String, @Nullable Object> either = new LinkedHashMap<>(to);
        from.forEach(either::putIfAbsent);
        Map<String, Change<Object>> changes = new LinkedHashMap<>();
        either.keySet().forEach(field -> {
            Change<Object> change = Change.between(from.get(field), to.get(field));
            if (change != null) {
                changes.put(field, change);
            }
        });
        return changes;
    }

    /**
     * @param sent by name, as plain JSON, as bodies have it
     * @throws dev.unlost.versioning.Refusal.InvalidFields naming every field that is wrong
     */
    public MetahubDetails details(Map<String, @Nullable Object> sent) {
        FieldErrors errors = new FieldErrors();
        Map<String, Object> values = new TreeMap<>();
        for (MetahubField field : fields) {
            Object value = sent.get(field.name());
            Object read = value == null ? field.fallback() : field.reader().read(field.name(), value, errors);
            if (value == null && field.required()) {
                errors.add(field.name(), "required", "is required");
            } else if (field.name().equals(DATA)) {
                data(read, errors).forEach((codename, each) -> {
                    if (each != null) {
                        values.put(DATA_PREFIX + codename, each);
                    }
                });
            } else if (read != null) {
                values.put(field.name(), read);
            }
        }
        errors.throwIfAny();
        MetahubDetails details = new MetahubDetails(values);
        checkTogether(details, errors);
        errors.throwIfAny();
        return details;
    }

    /**
     * @param sent by name, as plain JSON, as bodies have it; null for a field that is to lose its value
     * @throws dev.unlost.versioning.Refusal.InvalidFields naming every value that is wrong whatever it is applied to
     */
    public MetahubPatch patch(Map<String, @Nullable Object> sent) {
        FieldErrors errors = new FieldErrors();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (MetahubField field : fields) {
            if (!sent.containsKey(field.name())) {
                continue;
            }
            Object value = sent.get(field.name());
            if (value == null && (field.required() || field.name().equals(DATA))) {
                errors.add(field.name(), "required", "cannot be removed");
            } else if (value == null) {
                values.put(field.name(), field.fallback());
            } else {
                Object read = field.reader().read(field.name(), value, errors);
                if (field.name().equals(DATA)) {
                    data(read, errors).forEach((codename, each) -> values.put(DATA_PREFIX + codename, each));
                } else if (read != null) {
                    values.put(field.name(), read);
                }
            }
        }
        errors.throwIfAny();
        return new MetahubPatch(this, values);
    }

    private static Map<String, @Nullable Object> data(@Nullable Object read, FieldErrors errors) {
        Map<String, @Nullable Object> data = new TreeMap<>();
        if (read instanceof Map<?, ?> members) {
            members.forEach((codename, value) -> {
                Codename.check(DATA_PREFIX + codename, (String) codename, errors);
                data.put((String) codename, value);
            });
        }
        if (data.size() > MOST_VALUES) {
            errors.add(DATA, "too-many", "must not have more than " + MOST_VALUES + " values");
        }
        return data;
    }

    /** Refuses fields that are fine by themselves, and not together. */
    void checkTogether(MetahubDetails details, FieldErrors errors) {
        if (this == ATTRIBUTE) {
            AttributeDefinition.of(details).check(errors);
        }
        if (details.data().size() > MOST_VALUES) {
            errors.add(DATA, "too-many", "must not have more than " + MOST_VALUES + " values");
        }
        if (weight(details) > MOST_BYTES) {
            errors.add(name, "too-large", "is larger than a record may be");
        }
    }

    /** @return the fields that a record keeps for as long as it lives */
    public Set<String> lasting() {
        return members().contains(CATALOG_ID) ? Set.of(CATALOG_ID) : Set.of();
    }

    @Override
    public String toString() {
        return name;
    }
}

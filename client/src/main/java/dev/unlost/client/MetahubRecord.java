package dev.unlost.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a hub, a catalog, an attribute or an element says, as far as it can be edited: which members those are depends on
 * the kind, and which attributes an element has on its catalog. The service checks them; this class does not.
 *
 * @param members by name, those without a value left out. Values are as Jackson reads them, {@code String},
 *     {@code Integer}, {@code Double}, {@code Boolean}, {@code List} and {@code Map}; they must not be changed in place
 */
public record MetahubRecord(Map<String, Object> members) {

    private static final String DATA = "data";

    /** What the service sets; equal for all kinds. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "metahubId",
            "factoryId",
            "deleted",
            MemberNames.METAHUB.version(),
            MemberNames.METAHUB.createdAt(),
            MemberNames.METAHUB.createdBy(),
            MemberNames.METAHUB.updatedAt(),
            MemberNames.METAHUB.updatedBy());

    static final Codec<MetahubRecord> CODEC =
            Codec.of(MetahubRecord::read, record -> Json.MAPPER.valueToTree(record.members));

    public MetahubRecord {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** @return a record of which only the codename and the name in English are known */
    public static MetahubRecord named(String codename, String name) {
        return new MetahubRecord(Map.of("codename", codename, "name", Map.of("en", name)));
    }

    /** @return an element without values */
    public static MetahubRecord elementOf(String catalogId) {
        return new MetahubRecord(Map.of("catalogId", catalogId, DATA, Map.of()));
    }

    /** @return the member's value; null where it has none */
    public @Nullable Object get(String member) {
        return members.get(member);
    }

    /** @return the same with another value of a member; null for none */
    public MetahubRecord with(String member, @Nullable Object value) {
        return new MetahubRecord(with(members, member, value));
    }

    /** @return an element's values, by the codenames of attributes; those that it has */
    @SuppressWarnings("unchecked") // an object of JSON
    public Map<String, Object> data() {
        return (Map<String, Object>) members.getOrDefault(DATA, Map.of());
    }

    /** @return the same element with another value of an attribute; null for none */
    public MetahubRecord withData(String attribute, @Nullable Object value) {
        return with(DATA, with(data(), attribute, value));
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return more;
    }

    @SuppressWarnings("unchecked") // an object of JSON
    private static MetahubRecord read(ObjectNode document) {
        ObjectNode editable = document.deepCopy().remove(READ_ONLY);
        Map<String, Object> members = Json.MAPPER.treeToValue(editable, Map.class);
        members.values().removeIf(Objects::isNull);
        return new MetahubRecord(members);
    }
}

package dev.unlost.metahub;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attributes of a catalog as a JSON Schema (draft 2020-12) of its elements' {@code data}. */
public final class CatalogSchema {

    private static final String DAY = "^(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-[0-9]{2}-[0-9]{2}";

    /** A leap second is no time that everybody can keep. */
    private static final String TIME =
            DAY + "T[0-9]{2}:[0-9]{2}:[0-5][0-9](?:\\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-5]):[0-5][0-9])$";

    private CatalogSchema() {}

    /** @return as plain JSON; the attributes in the order they are given */
    public static Map<String, Object> of(Collection<AttributeDefinition> attributes) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        attributes.forEach(attribute -> properties.put(attribute.codename(), value(attribute)));
        schema.put("properties", properties);
        List<String> required = attributes.stream()
                .filter(AttributeDefinition::required)
                .map(AttributeDefinition::codename)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> value(AttributeDefinition attribute) {
        Map<String, Object> schema = new TreeMap<>(attribute.constraints());
        switch (attribute.kind()) {
            case STRING -> {
                schema.put("type", "string");
                if (attribute.searchable()) {
                    schema.merge(
                            "maxLength",
                            (long) AttributeDefinition.LONGEST_SEARCHABLE,
                            (own, longest) -> Math.min((Long) own, (Long) longest));
                }
            }
            case NUMBER -> schema.put("type", "number");
            case BOOLEAN -> schema.put("type", "boolean");
            case DATE -> {
                schema.put("type", "string");
                schema.put("format", "date");
                schema.put("pattern", DAY + "$");
            }
            case DATETIME -> {
                schema.put("type", "string");
                schema.put("format", "date-time");
                schema.put("pattern", TIME);
            }
            case REF -> {
                schema.put("type", "string");
                schema.put("format", "uuid");
                schema.put("pattern", "^[0-9a-f-]{36}$");
                schema.put("$comment", "the id of an element of the catalog " + attribute.refCatalogId());
            }
            case JSON -> {}
        }
        return schema;
    }
}

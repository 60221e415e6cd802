package dev.unlost.metahub.command;

import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.regex.RegularExpression;
import dev.unlost.metahub.AttributeDefinition;
import dev.unlost.metahub.AttributeKind;
import dev.unlost.metahub.CatalogSchema;
import dev.unlost.metahub.MetahubType;
import dev.unlost.metahub.ValuePattern;
import dev.unlost.versioning.FieldErrors;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What the attributes of a catalog demand of its elements' data, as a compiled JSON Schema. */
final class Shape {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .regularExpressionFactory(Shape::regularExpression)
                            .build()));

    private final Map<String, AttributeDefinition> attributes = new TreeMap<>();
    private final Schema schema;

    Shape(Collection<AttributeDefinition> attributes) {
        attributes.forEach(attribute -> this.attributes.put(attribute.codename(), attribute));
        this.schema = SCHEMAS.getSchema(MAPPER.valueToTree(CatalogSchema.of(attributes)));
    }

    private static RegularExpression regularExpression(String pattern) {
        Pattern compiled = ValuePattern.compile(pattern);
        return text -> ValuePattern.isIn(text, compiled);
    }

    boolean has(String codename) {
        return attributes.containsKey(codename);
    }

    /** @return those whose values are elements */
    List<AttributeDefinition> references() {
        return attributes.values().stream()
                .filter(attribute -> attribute.kind() == AttributeKind.REF)
                .toList();
    }

    /** Says what is wrong with an element's data, by the names of its fields. */
    void check(Map<String, Object> data, FieldErrors errors) {
        for (Error error : schema.validate(MAPPER.valueToTree(data))) {
            String codename =
                    error.getProperty() != null && error.getInstanceLocation().getNameCount() == 0
                            ? error.getProperty()
                            : error.getInstanceLocation().getName(0);
            errors.add(MetahubType.DATA_PREFIX + codename, error.getKeyword(), error.getMessage());
        }
    }
}

package dev.unlost.metahub;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.PlainJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a record of a metahub says. {@link MetahubType} makes them, and knows what each kind may say.
 *
 * @param values of the fields that have one, by name, as canonical plain JSON; an element's value of an attribute under
 *     {@code data.} and the attribute's codename
 */
public record MetahubDetails(Map<String, Object> values) {

    public MetahubDetails {
        values = canonical(values);
    }

    @SuppressWarnings("unchecked") // what is canonical of a map is a map
    private static Map<String, Object> canonical(Map<String, Object> values) {
        return (Map<String, Object>) requireNonNull(PlainJson.canonical(values));
    }

    public @Nullable Object get(String field) {
        return values.get(field);
    }

    /** @return the text of a field that always has one */
    public String text(String field) {
        return (String) requireNonNull(values.get(field), field);
    }

    /** @return the text of a field that may have none */
    public @Nullable String textOrNull(String field) {
        return (@Nullable String) values.get(field);
    }

    /** @return the texts of a field; empty where it has none */
    public List<String> texts(String field) {
        return values.get(field) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** @return the values of the attributes, by codename */
    public Map<String, Object> data() {
        Map<String, Object> data = new TreeMap<>();
        values.forEach((field, value) -> {
            if (field.startsWith(MetahubType.DATA_PREFIX)) {
                data.put(field.substring(MetahubType.DATA_PREFIX.length()), value);
            }
        });
        return data;
    }
}

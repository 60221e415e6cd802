package dev.unlost.versioning.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unlost.versioning.RecordType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/**
 * Stores events under the names of {@link RecordType#eventNames()} instead of their Java classes' names, and leaves out
 * what is null.
 */
public final class NamedEventSerializer extends Jackson3Serializer {

    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    /** @throws IllegalArgumentException if two types use one name */
    public NamedEventSerializer(List<? extends RecordType<?, ?>> types) {
        super(builder()
                .jsonMapperBuilderCustomizer(mapper -> mapper.changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))));
        for (RecordType<?, ?> type : types) {
            type.eventNames().forEach((name, event) -> {
                if (classes.put(name, event) != null) {
                    throw new IllegalArgumentException("two events are named " + name);
                }
                names.put(event, name);
            });
        }
    }

    @Override
    protected String resolveClassName(SerializedType type) {
        Class<?> named = classes.get(type.getName());
        return named == null ? type.getName() : named.getName();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public SerializedType typeForClass(Class type) {
        String name = names.get(type);
        return name == null
                ? super.typeForClass(type)
                : new SimpleSerializedType(name, getRevisionResolver().revisionOf(type));
    }
}

package dev.unlost.http;

import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records as answers show them. */
@Component
public class RecordJson {

    private final Map<String, RecordCodec<?>> codecs;

    RecordJson(List<RecordCodec<?>> codecs) {
        this.codecs = codecs.stream()
                .collect(Collectors.toUnmodifiableMap(codec -> codec.type().name(), Function.identity()));
    }

    /** @return the whole record, the members in the order of the documentation; {@code deleted} where it is */
    public ObjectNode of(RecordView<?> view) {
        RecordCodec<?> codec = codecs.get(view.key().type());
        if (codec == null) {
            throw new IllegalStateException("no codec for " + view.key().type());
        }
        MemberNames names = codec.names();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        codec.identity(view).forEach(json::put);
        json.put(names.version(), view.version());
        fields(codec.type(), view.details()).forEach((field, value) -> json.set(field, Json.node(value)));
        json.put(names.createdAt(), Timestamps.format(view.createdAt()));
        json.put(names.createdBy(), view.createdBy());
        json.put(names.updatedAt(), Timestamps.format(view.updatedAt()));
        json.put(names.updatedBy(), view.updatedBy());
        if (view.deleted()) {
            json.put("deleted", true);
        }
        return json;
    }

    private static <D> Map<String, ?> fields(RecordType<D, ?> type, Object details) {
        return type.fields(type.detailsType().cast(details));
    }
}

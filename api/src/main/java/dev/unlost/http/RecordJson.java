package dev.unlost.http;

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

    private final Map<String, RecordFormat<?>> formats;

    RecordJson(List<RecordFormat<?>> formats) {
        this.formats = formats.stream()
                .collect(Collectors.toUnmodifiableMap(format -> format.type().name(), Function.identity()));
    }

    /** @return the whole record, the members in the order of the documentation; {@code deleted} where it is */
    public ObjectNode of(RecordView<?> view) {
        RecordFormat<?> format = formats.get(view.key().type());
        if (format == null) {
            throw new IllegalStateException("no format for " + view.key().type());
        }
        MemberNames names = format.names();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        format.identity(view).forEach(json::put);
        json.put(names.version(), view.version());
        format.members(view).forEach((member, value) -> json.set(member, Json.node(value)));
        json.put(names.createdAt(), Timestamps.format(view.createdAt()));
        json.put(names.createdBy(), view.createdBy());
        json.put(names.updatedAt(), Timestamps.format(view.updatedAt()));
        json.put(names.updatedBy(), view.updatedBy());
        if (view.deleted()) {
            json.put("deleted", true);
        }
        return json;
    }
}

package dev.unlost.http;

import dev.unlost.http.RecordWrite.Verb;
import dev.unlost.versioning.FieldErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a batch. What makes it no batch is told here; what is wrong with what an item asks for belongs to the item.
 *
 * @param atomic whether all items are carried out or none
 */
record BatchBody(boolean atomic, List<RecordWrite> items) {

    /** The most items. */
    static final int MAX_ITEMS = 200;

    private static final Map<String, Verb> METHODS =
            Map.of("POST", Verb.POST, "PUT", Verb.PUT, "PATCH", Verb.PATCH, "DELETE", Verb.DELETE);

    private static final Set<String> MEMBERS = Set.of("atomic", "items");

    /** Headers that a request of the item's own would have. */
    private static final Set<String> HEADERS =
            Set.of("if-match", "if-none-match", Preconditions.EDITED_VERSION.toLowerCase(Locale.ROOT), "prefer");

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming all that is wrong */
    static BatchBody read(ObjectNode body, RecordCodec<?> codec) {
        FieldErrors errors = new FieldErrors();
        unknownMembers(body, MEMBERS, "", errors);
        JsonNode atomic = body.get("atomic");
        if (atomic != null && !atomic.isBoolean()) {
            errors.add("atomic", "type", "must be true or false");
        }
        List<RecordWrite> writes = new ArrayList<>();
        JsonNode items = body.get("items");
        if (items == null) {
            errors.add("items", "required", "is required");
        } else if (!items.isArray()) {
            errors.add("items", "type", "must be a list");
        } else if (items.isEmpty()) {
            errors.add("items", "required", "must not be empty");
        } else if (items.size() > MAX_ITEMS) {
            errors.add("items", "too-many", "must not be more than " + MAX_ITEMS);
        } else {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < items.size(); i++) {
                String place = "items[" + i + "]";
                RecordWrite write = item(items.get(i), place, codec, errors);
                if (write == null) {
                    continue;
                }
                if (write.verb() != Verb.POST
                        && !ids.add(codec.canonicalId(write.id()).orElse(write.id()))) {
                    errors.add(place + ".id", "repeated", "must not be that of another item");
                }
                writes.add(write);
            }
        }
        errors.throwIfAny();
        return new BatchBody(atomic != null && atomic.booleanValue(), List.copyOf(writes));
    }

    private static @Nullable RecordWrite item(
            @Nullable JsonNode node, String place, RecordCodec<?> codec, FieldErrors errors) {
        if (!(node instanceof ObjectNode item)) {
            errors.add(place, "type", "must be an object");
            return null;
        }
        MemberNames names = codec.names();
        Set<String> members = new HashSet<>(Set.of("method", "id", "headers", "body"));
        members.addAll(names.versionCarriers());
        members.addAll(names.updatedAtCarriers());
        unknownMembers(item, members, place + ".", errors);
        String method = text(item, "method", place, errors);
        Verb verb = method == null ? null : METHODS.get(method);
        if (verb == null) {
            errors.add(place + ".method", "method", "must be POST, PUT, PATCH or DELETE");
            return null;
        }
        String id = text(item, "id", place, errors);
        if (verb == Verb.POST && id != null) {
            errors.add(place + ".id", "unknown", "is chosen by the service; PUT creates at an id of your choice");
        } else if (verb != Verb.POST && id == null) {
            errors.add(place + ".id", "required", "is required");
        }
        ObjectNode body = object(item, "body", place, errors);
        if (verb != Verb.DELETE && !item.has("body")) {
            errors.add(place + ".body", "required", "is required");
        }
        Map<String, String> headers = headers(object(item, "headers", place, errors), place + ".headers", errors);
        return new RecordWrite(
                verb,
                id == null ? "" : id,
                Preconditions.Headers.of(name -> lines(headers, name)),
                Preferences.mergesDisjoint(lines(headers, Preferences.HEADER)),
                item,
                body);
    }

    private static List<String> lines(Map<String, String> headers, String name) {
        String value = headers.get(name);
        return value == null ? List.of() : List.of(value);
    }

    private static Map<String, String> headers(ObjectNode node, String place, FieldErrors errors) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        node.forEachEntry((name, value) -> {
            String field = place + "." + name;
            if (!HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                errors.add(field, "unknown", "is not a header of an item");
            } else if (!value.isString()) {
                errors.add(field, "type", "must be text");
            } else if (headers.put(name, value.stringValue()) != null) {
                errors.add(field, "repeated", "is there twice");
            }
        });
        return headers;
    }

    private static @Nullable String text(ObjectNode item, String name, String place, FieldErrors errors) {
        JsonNode node = item.get(name);
        if (node == null || node.isString()) {
            return node == null ? null : node.stringValue();
        }
        errors.add(place + "." + name, "type", "must be text");
        return null;
    }

    private static ObjectNode object(ObjectNode item, String name, String place, FieldErrors errors) {
        JsonNode node = item.get(name);
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (node != null) {
            errors.add(place + "." + name, "type", "must be an object");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static void unknownMembers(ObjectNode object, Set<String> known, String place, FieldErrors errors) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                errors.add(place + name, "unknown", "is not a member of a batch");
            }
        }
    }
}

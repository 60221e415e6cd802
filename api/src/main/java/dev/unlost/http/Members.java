package dev.unlost.http;

import dev.unlost.versioning.Assign;
import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the members of a JSON object, one by one and by type, and collects all that is wrong with them. A member that
 * nobody asks for is wrong too. A member of the wrong type counts as not sent, so that the rest can still be checked.
 */
public final class Members {

    private final ObjectNode object;
    private final String prefix;
    private final FieldErrors errors;
    private final Set<String> known = new HashSet<>();

    public Members(ObjectNode object) {
        this(object, "", new FieldErrors());
    }

    private Members(ObjectNode object, String prefix, FieldErrors errors) {
        this.object = object;
        this.prefix = prefix;
        this.errors = errors;
    }

    /** @return the text; an {@code Assign} of null where the member is null; null where it is not there */
    public @Nullable Assign<String> text(String name) {
        JsonNode node = member(name);
        if (node == null) {
            return null;
        }
        if (node.isNull()) {
            return new Assign<>(null);
        }
        return node.isString() ? new Assign<>(node.stringValue()) : wrongType(name, "text");
    }

    /** As {@link #text}, for a member that cannot be removed. */
    public @Nullable Assign<String> lastingText(String name) {
        Assign<String> assign = text(name);
        if (assign != null && assign.value() == null) {
            errors.add(prefix + name, "required", "cannot be removed");
            return null;
        }
        return assign;
    }

    /** @return the texts of a list, as {@link #text} for one */
    public @Nullable Assign<List<String>> texts(String name) {
        JsonNode node = member(name);
        if (node == null) {
            return null;
        }
        if (node.isNull()) {
            return new Assign<>(null);
        }
        if (!node.isArray()) {
            return wrongType(name, "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            JsonNode element = node.get(i);
            if (element.isString()) {
                texts.add(element.stringValue());
            } else {
                wrongType(name + "[" + i + "]", "text");
            }
        }
        return new Assign<>(texts);
    }

    /** @return whatever the member is, as plain JSON; as {@link #text} where it is null or not there */
    public @Nullable Assign<Object> json(String name) {
        JsonNode node = member(name);
        return node == null ? null : new Assign<>(Json.plain(node));
    }

    /** @return the whole number, from 1, that a member must have; 1 where it has none, which is told in the end */
    long version(String name) {
        JsonNode node = member(name);
        if (node == null) {
            errors.add(prefix + name, "required", "is required");
        } else if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 1) {
            return node.longValue();
        } else {
            wrongType(name, "a version: a whole number from 1");
        }
        return 1;
    }

    /** @return what {@code reader} makes of an object's members, as {@link #text} for text */
    public <T> @Nullable Assign<T> object(String name, Function<Members, T> reader) {
        JsonNode node = member(name);
        if (node == null) {
            return null;
        }
        if (node.isNull()) {
            return new Assign<>(null);
        }
        if (!(node instanceof ObjectNode child)) {
            return wrongType(name, "an object");
        }
        Members members = new Members(child, prefix + name + ".", errors);
        T value = reader.apply(members);
        members.refuseUnknown();
        return new Assign<>(value);
    }

    /** Says that a member is fine and read elsewhere. */
    void ignore(String name) {
        known.add(name);
    }

    /**
     * Ends the reading.
     *
     * @param constructor makes the value of what was read, and may refuse what it finds invalid
     * @throws Refusal.InvalidFields naming all that is wrong; of each field the first finding
     */
    public <T> T build(Supplier<T> constructor) {
        refuseUnknown();
        T built = null;
        try {
            built = constructor.get();
        } catch (Refusal.InvalidFields e) {
            Set<String> told = new HashSet<>();
            errors.all().forEach(error -> told.add(error.field()));
            for (FieldError error : e.errors()) {
                if (!told.contains(error.field())) {
                    errors.add(error.field(), error.code(), error.message());
                }
            }
        }
        errors.throwIfAny();
        return Objects.requireNonNull(built);
    }

    private @Nullable JsonNode member(String name) {
        known.add(name);
        return object.get(name);
    }

    private <T> @Nullable Assign<T> wrongType(String name, String wanted) {
        errors.add(prefix + name, "type", "must be " + wanted);
        return null;
    }

    private void refuseUnknown() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                errors.add(Texts.printable(prefix + name), "unknown", "is not a member of this record");
            }
        }
    }
}

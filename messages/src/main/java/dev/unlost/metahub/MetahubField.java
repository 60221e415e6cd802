package dev.unlost.metahub;

import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.PlainJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field of a kind of record.
 *
 * @param fallback the value where none is given; null for none
 */
public record MetahubField(
        String name, boolean required, @Nullable Object fallback, Reader reader) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int MAX_LINKS = 200;
    private static final long MAX_ORDER = 1_000_000_000;

    /** Makes the one form of a value, or says why there is none. */
    @FunctionalInterface
    interface Reader {
        /** @return null where {@code errors} say why */
        @Nullable
        Object read(String field, Object value, FieldErrors errors);
    }

    static MetahubField required(String name, Reader reader) {
        return new MetahubField(name, true, null, reader);
    }

    static MetahubField optional(String name, Reader reader) {
        return new MetahubField(name, false, null, reader);
    }

    static MetahubField withFallback(String name, Object fallback, Reader reader) {
        return new MetahubField(name, false, fallback, reader);
    }

    /** @return the id in its one form, where it is one */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static @Nullable Object codename(String field, Object value, FieldErrors errors) {
        if (!(value instanceof String text)) {
            return wrongType(field, "text", errors);
        }
        Codename.check(field, text, errors);
        return text;
    }

    static Reader localized(int maxLength, boolean singleLine) {
        return (field, value, errors) -> {
            LocalizedText text = LocalizedText.read(field, value, maxLength, singleLine, errors);
            return text == null ? null : text.toJson();
        };
    }

    static @Nullable Object id(String field, Object value, FieldErrors errors) {
        if (value instanceof String text && isId(text)) {
            return text;
        }
        errors.add(field, "id", "must be an id such as 3f2c1d5e-0000-4000-8000-000000000001");
        return null;
    }

    static @Nullable Object ids(String field, Object value, FieldErrors errors) {
        if (!(value instanceof List<?> list)) {
            return wrongType(field, "a list of ids", errors);
        }
        TreeSet<String> ids = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) != null && id(field + "[" + i + "]", list.get(i), errors) instanceof String id) {
                ids.add(id);
            } else if (list.get(i) == null) {
                errors.add(field + "[" + i + "]", "type", "must be an id");
            }
        }
        if (ids.size() > MAX_LINKS) {
            errors.add(field, "too-many", "must not be more than " + MAX_LINKS);
        }
        return Collections.unmodifiableList(new ArrayList<>(ids));
    }

    static @Nullable Object order(String field, Object value, FieldErrors errors) {
        if (PlainJson.canonical(value) instanceof Long order && Math.abs(order) <= MAX_ORDER) {
            return order;
        }
        return wrongType(field, "a whole number, at most " + MAX_ORDER + " either way", errors);
    }

    static @Nullable Object flag(String field, Object value, FieldErrors errors) {
        return value instanceof Boolean ? value : wrongType(field, "true or false", errors);
    }

    static @Nullable Object kind(String field, Object value, FieldErrors errors) {
        return Arrays.stream(AttributeKind.values()).map(AttributeKind::name).anyMatch(value::equals)
                ? value
                : wrongType(field, "one of " + Arrays.toString(AttributeKind.values()), errors);
    }

    static @Nullable Object object(String field, Object value, FieldErrors errors) {
        if (!(value instanceof Map<?, ?>)) {
            return wrongType(field, "an object", errors);
        }
        PlainJson.check(field, value, errors);
        return PlainJson.canonical(value);
    }

    /** A constraint that is null is none, as in a merge patch (RFC 7396). */
    static @Nullable Object constraints(String field, Object value, FieldErrors errors) {
        Object constraints = object(field, value, errors);
        if (!(constraints instanceof Map<?, ?> named)) {
            return constraints;
        }
        Map<Object, Object> set = new TreeMap<>(named);
        set.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(set);
    }

    private static @Nullable Object wrongType(String field, String wanted, FieldErrors errors) {
        errors.add(field, "type", "must be " + wanted);
        return null;
    }
}

package dev.unlost.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the members of an object of the service; one that should be there and is not makes the answer unusable. */
record Members(JsonNode object) {

    String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode node = object.get(name);
        return node != null && node.isString() ? node.stringValue() : null;
    }

    String textOr(String name, String otherwise) {
        String text = textOrNull(name);
        return text == null ? otherwise : text;
    }

    long number(String name) {
        Long number = numberOrNull(name);
        if (number == null) {
            throw missing(name);
        }
        return number;
    }

    @Nullable
    Long numberOrNull(String name) {
        JsonNode node = object.get(name);
        return node != null && node.canConvertToLong() ? node.longValue() : null;
    }

    boolean flag(String name) {
        JsonNode node = object.get(name);
        return node != null && node.isBoolean() && node.booleanValue();
    }

    Instant time(String name) {
        Instant time = timeOrNull(name);
        if (time == null) {
            throw missing(name);
        }
        return time;
    }

    @Nullable
    Instant timeOrNull(String name) {
        String text = textOrNull(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** @return the value itself; null where the member is not there, a JSON null where it is null */
    @Nullable
    JsonNode value(String name) {
        return object.get(name);
    }

    /** @return one for each object of a list; none where there is no list */
    <T> List<T> each(String name, Function<Members, T> reader) {
        List<T> all = new ArrayList<>();
        JsonNode list = object.get(name);
        if (list != null && list.isArray()) {
            list.forEach(element -> all.add(reader.apply(new Members(element))));
        }
        return List.copyOf(all);
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        JsonNode list = object.get(name);
        if (list != null && list.isArray()) {
            list.forEach(element -> all.add(element.asString()));
        }
        return List.copyOf(all);
    }

    private UnexpectedAnswerException missing(String name) {
        return new UnexpectedAnswerException("no usable member " + name, null);
    }
}

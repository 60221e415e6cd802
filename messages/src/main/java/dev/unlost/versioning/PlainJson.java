package dev.unlost.versioning;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Java's own text, numbers, booleans, lists and maps, each value in one form only: what was just read from a
 * request equals what was stored and read again, and a record folded in memory equals one folded from the log.
 *
 * <p>Numbers are those that a double holds (RFC 7493, section 2.2), as a {@link Long} where they are whole and as a
 * {@link Double} otherwise. Members are ordered by name.
 */
public final class PlainJson {

    private static final int MAX_TEXT = 100_000;

    /** Whole numbers beyond are left to {@link Double}. */
    private static final double BEYOND_LONG = 0x1p63;

    private PlainJson() {}

    /** @return the value in its one form; of a number that a double does not hold, the nearest one */
    public static @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case Number number -> canonical(number);
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>(list.size());
                list.forEach(item -> items.add(canonical(item)));
                yield Collections.unmodifiableList(items);
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> members = new TreeMap<>();
                map.forEach((name, member) -> members.put((String) name, canonical(member)));
                yield Collections.unmodifiableMap(members);
            }
            case null -> null;
            default -> value;
        };
    }

    private static Number canonical(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return number.longValue();
        }
        double value = number.doubleValue();
        boolean whole = value == Math.rint(value) && Math.abs(value) < BEYOND_LONG;
        return whole ? (Number) (long) value : (Number) value;
    }

    /** Refuses what cannot be kept as it is: text that PostgreSQL's JSON does not take, and numbers beyond a double. */
    public static void check(String field, @Nullable Object value, FieldErrors errors) {
        switch (value) {
            case String text -> errors.text(field, text, MAX_TEXT);
            case Number number -> {
                if (!isDouble(number)) {
                    errors.add(field, "number", "must be a number that fits a double (RFC 7493)");
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    check(field + "[" + i + "]", list.get(i), errors);
                }
            }
            case Map<?, ?> map ->
                map.forEach((name, member) -> {
                    errors.text(field, (String) name, MAX_TEXT);
                    check(field + "." + name, member, errors);
                });
            case null -> {}
            default -> {}
        }
    }

    private static boolean isDouble(Number number) {
        double value = number.doubleValue();
        return Double.isFinite(value)
                && new BigDecimal(Double.toString(value)).compareTo(new BigDecimal(number.toString())) == 0;
    }

    /** @return about how many bytes the value occupies in memory */
    public static int weight(@Nullable Object value) {
        return switch (value) {
            case String text -> 48 + 2 * text.length();
            case List<?> list -> 48 + list.stream().mapToInt(PlainJson::weight).sum();
            case Map<?, ?> map ->
                48
                        + map.entrySet().stream()
                                .mapToInt(member -> 48 + weight(member.getKey()) + weight(member.getValue()))
                                .sum();
            case null -> 24;
            default -> 24;
        };
    }
}

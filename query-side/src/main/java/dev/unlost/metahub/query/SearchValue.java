package dev.unlost.metahub.query;

import dev.unlost.metahub.AttributeDefinition;
import dev.unlost.metahub.AttributeKind;
import dev.unlost.versioning.SearchText;
import dev.unlost.versioning.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of an attribute as {@code unlost.element_value} has it. What an attribute's kind has no use for is the same in
 * all of its rows, so that one index serves every kind.
 */
record SearchValue(boolean missing, String text, double number, Instant time) {

    /** RFC 8259, section 6. */
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private static final SearchValue NONE = new SearchValue(true, "", 0, Instant.EPOCH);

    /** @return what text is found and sorted by; cut where an index would not hold it */
    static String key(String text) {
        String key = SearchText.key(text);
        int longest = AttributeDefinition.LONGEST_SEARCHABLE;
        return key.codePointCount(0, key.length()) <= longest
                ? key
                : key.substring(0, key.offsetByCodePoints(0, longest));
    }

    /** @param value as plain JSON */
    static SearchValue of(AttributeKind kind, @Nullable Object value) {
        return value == null ? NONE : parse(kind, value.toString()).orElse(NONE);
    }

    /** @return empty where the text is no value of that kind */
    static Optional<SearchValue> parse(AttributeKind kind, String text) {
        try {
            return switch (kind) {
                case STRING, REF -> Optional.of(new SearchValue(false, key(text), 0, Instant.EPOCH));
                case NUMBER ->
                    Optional.of(text)
                            .filter(number -> JSON_NUMBER.matcher(number).matches())
                            .map(number -> ofNumber(Double.parseDouble(number)))
                            .filter(value -> Double.isFinite(value.number()));
                case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? Optional.of(ofNumber(text.equals("true") ? 1 : 0))
                            : Optional.empty();
                case DATE ->
                    Optional.of(LocalDate.parse(text)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant())
                            .filter(Timestamps::isFourDigitYear)
                            .map(SearchValue::ofTime);
                case DATETIME ->
                    Optional.of(OffsetDateTime.parse(text).toInstant())
                            .filter(Timestamps::isFourDigitYear)
                            .map(SearchValue::ofTime);
                case JSON -> Optional.empty();
            };
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static SearchValue ofNumber(double number) {
        return new SearchValue(false, "", number, Instant.EPOCH);
    }

    private static SearchValue ofTime(Instant time) {
        return new SearchValue(false, "", 0, time);
    }

    /** @return as text that {@link #fromCursor} reads */
    String toCursor() {
        return missing ? "-" : number + " " + time + " " + text;
    }

    /** @return empty where the text was not given out here */
    static Optional<SearchValue> fromCursor(String cursor) {
        String[] parts = cursor.split(" ", 3);
        try {
            return cursor.equals("-")
                    ? Optional.of(NONE)
                    : Optional.of(parts)
                            .filter(all -> all.length == 3)
                            .map(all ->
                                    new SearchValue(false, all[2], Double.parseDouble(all[0]), Instant.parse(all[1])))
                            .filter(value -> Timestamps.isFourDigitYear(value.time()));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

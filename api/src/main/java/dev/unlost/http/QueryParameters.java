package dev.unlost.http;

import dev.unlost.versioning.Timestamps;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read strictly: a parameter that is unknown, repeated, empty or not well-formed is refused, as
 * ignoring it would answer another question than was asked.
 */
public final class QueryParameters {

    private static final int MAX_LENGTH = 4096;

    /** As many as fit into a parameter. */
    private static final int MOST_IDS = 100;

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param query as in the request line, still encoded; null where there is none
     * @param allowed the names there are
     * @throws ProblemException {@link ProblemType#MALFORMED_QUERY}
     */
    public static QueryParameters parse(@Nullable String query, Set<String> allowed) {
        return parse(query, allowed, Set.of());
    }

    /**
     * @param others which names there are besides
     * @throws ProblemException {@link ProblemType#MALFORMED_QUERY}
     */
    static QueryParameters parse(@Nullable String query, Set<String> allowed, Predicate<String> others) {
        return parse(query, allowed, Set.of(), others);
    }

    /**
     * @param emptiable those of the names whose value may be empty
     * @throws ProblemException {@link ProblemType#MALFORMED_QUERY}
     */
    public static QueryParameters parse(@Nullable String query, Set<String> allowed, Set<String> emptiable) {
        return parse(query, allowed, emptiable, name -> false);
    }

    private static QueryParameters parse(
            @Nullable String query, Set<String> allowed, Set<String> emptiable, Predicate<String> others) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : pairs(query)) {
            String name = pair.getKey();
            String value = pair.getValue();
            if (!allowed.contains(name) && !others.test(name)) {
                throw malformed("There is no parameter " + name + " here."
                        + (allowed.isEmpty() ? "" : " There are: " + String.join(", ", sorted(allowed)) + "."));
            }
            if (value.isEmpty() && !emptiable.contains(name)) {
                throw malformed("The parameter " + name + " is empty.");
            }
            if (values.put(name, value) != null) {
                throw malformed("The parameter " + name + " is there twice.");
            }
        }
        return new QueryParameters(values);
    }

    /**
     * @param query as in the request line, still encoded; null where there is none
     * @return names and values in their order, whatever they are and however often
     * @throws ProblemException {@link ProblemType#MALFORMED_QUERY} if they cannot be decoded
     */
    public static List<Map.Entry<String, String>> pairs(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return List.of();
        }
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            pairs.add(Map.entry(
                    decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1))));
        }
        return pairs;
    }

    /** @return the names of the parameters that there are, in their order */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @return the text, of at most that many characters; null where the parameter is missing */
    public @Nullable String text(String name, int maxLength) {
        String value = values.get(name);
        if (value != null && value.codePointCount(0, value.length()) > maxLength) {
            throw malformed("The parameter " + name + " is longer than " + maxLength + " characters.");
        }
        return value;
    }

    /**
     * Several ids, separated by commas.
     *
     * @return the ids, at most {@value #MOST_IDS}; empty where the parameter is missing
     */
    public List<String> ids(String name, Predicate<String> isId) {
        List<String> ids = get(name).map(value -> List.of(value.split(",", -1))).orElse(List.of());
        if (ids.size() > MOST_IDS || !ids.stream().allMatch(isId)) {
            throw malformed(
                    "The parameter " + name + " must be ids such as 3f2c1d5e-0000-4000-8000-000000000001, at most "
                            + MOST_IDS + " of them, separated by commas.");
        }
        return ids;
    }

    /** @return the number, {@code otherwise} where the parameter is missing */
    public int number(String name, int min, int max, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw malformed("The parameter " + name + " must be a whole number from " + min + " to " + max + ".");
    }

    /** @return the version, from 1; empty where the parameter is missing */
    Optional<Long> versionOf(String name) {
        return get(name)
                .map(value -> version(value)
                        .orElseThrow(() ->
                                malformed("The parameter " + name + " must be a version: a whole number from 1.")));
    }

    /** @return empty if the text is no version, written the one way there is */
    static Optional<Long> version(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** @return the time; empty where the parameter is missing */
    public Optional<Instant> time(String name) {
        return get(name)
                .map(value -> Times.parse(value)
                        .filter(Timestamps::isFourDigitYear)
                        .orElseThrow(() -> malformed(
                                "The parameter " + name + " must be a time such as 2026-11-22T10:15:30.123456Z.")));
    }

    /** @return the query again, encoded, with one parameter set to another value */
    String with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.remove(name);
        all.put(name, value);
        StringBuilder query = new StringBuilder();
        all.forEach((key, each) -> query.append(query.isEmpty() ? "" : "&")
                .append(encode(key))
                .append('=')
                .append(encode(each)));
        return query.toString();
    }

    /** @return the refusal of a parameter's value */
    public static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_QUERY, detail).exception();
    }

    private static Iterable<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String encoded) {
        if (encoded.length() > MAX_LENGTH) {
            throw malformed("A parameter is longer than " + MAX_LENGTH + " characters.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length()
                        || !HexFormat.isHexDigit(encoded.charAt(i + 1))
                        || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                    throw malformed("The query holds a % that encodes nothing.");
                }
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                throw malformed("The query holds characters that must be encoded.");
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (!Texts.isLine(text)) {
                throw malformed("The query holds control characters.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw malformed("The query is not encoded UTF-8.");
        }
    }
}

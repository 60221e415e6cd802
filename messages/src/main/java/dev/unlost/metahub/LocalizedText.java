package dev.unlost.metahub;

import dev.unlost.versioning.FieldErrors;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text in several languages. As JSON: {@code {"_primary":"en","en":"Countries","ru":"Страны"}}.
 *
 * @param primary the language that stands in for those that are missing; one of {@code texts}
 * @param texts by canonical BCP 47 tag, at least one
 */
public record LocalizedText(String primary, Map<String, String> texts) {

    /** The JSON member that names the primary language; no language has such a tag. */
    public static final String PRIMARY = "_primary";

    private static final int MAX_LANGUAGES = 100;

    public LocalizedText {
        texts = Map.copyOf(texts);
    }

    /**
     * @param maxLength of each text, in Unicode code points
     * @param singleLine whether the texts may not span lines
     * @return null where {@code errors} say why
     */
    static @Nullable LocalizedText read(
            String field, Object json, int maxLength, boolean singleLine, FieldErrors errors) {
        if (!(json instanceof Map<?, ?> members)) {
            errors.add(field, "type", "must be an object of texts by language, such as {\"en\":\"Countries\"}");
            return null;
        }
        FieldErrors found = new FieldErrors();
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEach((tag, value) -> {
            String language = field + "." + tag;
            if (tag.equals(PRIMARY)) {
                return;
            }
            Optional<String> canonical = canonical((String) tag);
            if (canonical.isEmpty()) {
                found.add(language, "language", "must be a language by its BCP 47 tag, such as en or pt-BR");
            } else if (!(value instanceof String text)) {
                found.add(language, "type", "must be text");
            } else if (texts.put(canonical.get(), text) != null) {
                found.add(language, "repeated", "is there twice");
            } else if (singleLine) {
                found.requiredLine(language, text, maxLength);
            } else {
                found.text(language, text, maxLength);
            }
        });
        if (texts.isEmpty() && found.isEmpty()) {
            found.add(field, "required", "must have a text in at least one language");
        } else if (texts.size() > MAX_LANGUAGES) {
            found.add(field, "too-many", "must not have more than " + MAX_LANGUAGES + " languages");
        }
        Object named = members.get(PRIMARY);
        String primary = named == null
                ? texts.keySet().stream().findFirst().orElse(null)
                : Optional.of(named)
                        .filter(String.class::isInstance)
                        .flatMap(tag -> canonical((String) tag))
                        .filter(texts::containsKey)
                        .orElse(null);
        if (primary == null && found.isEmpty()) {
            found.add(field + "." + PRIMARY, "language", "must be one of the languages that there are");
        }
        found.all().forEach(error -> errors.add(error.field(), error.code(), error.message()));
        return primary == null || !found.isEmpty() ? null : new LocalizedText(primary, texts);
    }

    private static Optional<String> canonical(String tag) {
        try {
            return Optional.of(new Locale.Builder().setLanguageTag(tag).build().toLanguageTag())
                    .filter(canonical -> !tag.isEmpty() && !canonical.equals("und"));
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** @return as plain JSON */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new TreeMap<>(texts);
        json.put(PRIMARY, primary);
        return json;
    }
}

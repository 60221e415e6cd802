package dev.unlost.metahub;

import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.PlainJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an attribute says of the values of its catalog's elements.
 *
 * @param constraints by name, as plain JSON: {@code minLength}, {@code maxLength} and {@code pattern} of text,
 *     {@code minimum} and {@code maximum} of numbers, {@code enum} of both
 * @param refCatalogId the catalog whose elements are the values, by its id; null unless the kind is a reference
 * @param searchable whether elements can be found and sorted by the attribute
 */
public record AttributeDefinition(
        String codename,
        AttributeKind kind,
        boolean required,
        Map<String, Object> constraints,
        @Nullable String refCatalogId,
        boolean searchable) {

    /** The longest text that can be searched, in Unicode code points; an index holds no longer one. */
    public static final int LONGEST_SEARCHABLE = 350;

    private static final int MAX_CHOICES = 1_000;
    private static final int MAX_LENGTH = 100_000;
    private static final Set<String> OF_TEXT = Set.of("minLength", "maxLength", "pattern", "enum");
    private static final Set<String> OF_NUMBERS = Set.of("minimum", "maximum", "enum");

    public AttributeDefinition {
        constraints = Map.copyOf(constraints);
    }

    /** @param attribute the contents of an attribute */
    @SuppressWarnings("unchecked") // constraints are checked before they get there
    public static AttributeDefinition of(MetahubDetails attribute) {
        return new AttributeDefinition(
                attribute.text(MetahubType.CODENAME),
                AttributeKind.valueOf(attribute.text("type")),
                Boolean.TRUE.equals(attribute.values().get("required")),
                (Map<String, Object>) attribute.values().getOrDefault("constraints", Map.of()),
                (@Nullable String) attribute.values().get("refCatalogId"),
                Boolean.TRUE.equals(attribute.values().get("searchable")));
    }

    /** @return the field of an element that holds the attribute's value */
    public String field() {
        return MetahubType.DATA_PREFIX + codename;
    }

    /** @return whether every value that the other definition accepts is accepted by this one, and a missing one too */
    public boolean accepts(AttributeDefinition other) {
        return codename.equals(other.codename)
                && kind == other.kind
                && (!required || other.required)
                && (!searchable || other.searchable)
                && java.util.Objects.equals(refCatalogId, other.refCatalogId)
                && other.constraints.entrySet().containsAll(constraints.entrySet());
    }

    /** Refuses what does not go together. */
    void check(FieldErrors errors) {
        if ((kind == AttributeKind.REF) != (refCatalogId != null)) {
            errors.add(
                    "refCatalogId",
                    kind == AttributeKind.REF ? "required" : "not-applicable",
                    kind == AttributeKind.REF ? "is required for a REF" : "is for attributes of type REF only");
        }
        if (kind == AttributeKind.JSON && searchable) {
            errors.add("searchable", "not-applicable", "cannot be true for JSON");
        }
        Set<String> applicable =
                switch (kind) {
                    case STRING -> OF_TEXT;
                    case NUMBER -> OF_NUMBERS;
                    case BOOLEAN, DATE, DATETIME, REF, JSON -> Set.of();
                };
        constraints.forEach((name, value) -> {
            String field = "constraints." + name;
            if (!applicable.contains(name)) {
                errors.add(field, "not-applicable", "is no constraint of the type " + kind);
                return;
            }
            switch (name) {
                case "minLength", "maxLength" -> {
                    if (!(value instanceof Long length) || length < 0 || length > MAX_LENGTH) {
                        errors.add(field, "type", "must be a whole number from 0 to " + MAX_LENGTH);
                    }
                }
                case "minimum", "maximum" -> {
                    if (!(value instanceof Number)) {
                        errors.add(field, "type", "must be a number");
                    }
                }
                case "pattern" -> ValuePattern.check(field, value, errors);
                default -> choices(field, value, errors);
            }
        });
        if (errors.isEmpty()) {
            ordered("minLength", "maxLength", errors);
            ordered("minimum", "maximum", errors);
        }
    }

    private void choices(String field, Object value, FieldErrors errors) {
        Class<?> wanted = kind == AttributeKind.STRING ? String.class : Number.class;
        if (!(value instanceof List<?> choices) || !choices.stream().allMatch(wanted::isInstance)) {
            errors.add(field, "type", "must be a list of values of the type " + kind);
        } else if (choices.isEmpty() || choices.size() > MAX_CHOICES) {
            errors.add(field, "range", "must have 1 to " + MAX_CHOICES + " values");
        }
    }

    private void ordered(String least, String most, FieldErrors errors) {
        if (constraints.get(least) instanceof Number low
                && constraints.get(most) instanceof Number high
                && low.doubleValue() > high.doubleValue()) {
            errors.add("constraints." + most, "range", "must not be less than " + least);
        }
    }

    /** @return as plain JSON, for keeping */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("codename", codename);
        json.put("type", kind.name());
        json.put("required", required);
        json.put("constraints", constraints);
        json.put("searchable", searchable);
        Optional.ofNullable(refCatalogId).ifPresent(id -> json.put("refCatalogId", id));
        return json;
    }

    /** @param json what {@link #toJson} gave */
    public static AttributeDefinition of(Map<?, ?> json) {
        return of(new MetahubDetails(mapOf(json)));
    }

    @SuppressWarnings("unchecked") // canonical JSON
    private static Map<String, Object> mapOf(Map<?, ?> json) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(PlainJson.canonical(json));
    }
}

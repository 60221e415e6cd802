package dev.unlost.metahub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.Refusal.InvalidFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetahubTypeTest {

    private static final String ID = "3f2c1d5e-0000-4000-8000-000000000001";
    private static final Map<String, Object> NAMED = Map.of("codename", "a", "name", Map.of("en", "A"));

    @Test
    void whatIsNotSentHasItsFallback() {
        assertThat(MetahubType.CATALOG.details(with(NAMED)).values())
                .containsEntry("order", 0L)
                .containsEntry("hubs", List.of())
                .doesNotContainKeys("description", "config");
        assertThat(MetahubType.ATTRIBUTE
                        .details(with(NAMED, "catalogId", ID, "type", "STRING"))
                        .values())
                .containsEntry("required", false)
                .containsEntry("searchable", false);
    }

    @Test
    void languagesHaveOneForm() {
        MetahubDetails hub = MetahubType.HUB.details(
                with(NAMED, "name", Map.of("_primary", "PT-br", "en-us", "Colors", "pt-BR", "Cores")));
        assertThat(hub.get("name")).isEqualTo(Map.of("_primary", "pt-BR", "en-US", "Colors", "pt-BR", "Cores"));
        assertThat(MetahubType.HUB.details(with(NAMED)).get("name")).isEqualTo(Map.of("_primary", "en", "en", "A"));
    }

    @Test
    void anElementsDataIsAFieldForEachAttribute() {
        Map<String, @Nullable Object> sent = with(Map.of(), "catalogId", ID);
        sent.put("data", with(Map.of(), "price", 1, "code", "x", "none", null));
        MetahubDetails element = MetahubType.ELEMENT.details(sent);
        assertThat(element.data()).isEqualTo(Map.of("price", 1L, "code", "x"));
        assertThat(MetahubType.ELEMENT.fields(element)).containsKeys("data.price", "data.code");
        MetahubPatch patch = MetahubType.ELEMENT.patch(with(Map.of(), "data", with(Map.of(), "price", null)));
        assertThat(patch.applyTo(element).data()).isEqualTo(Map.of("code", "x"));
        assertThat(patch.sent()).containsOnlyKeys("data.price");
    }

    static Stream<Arguments> invalid() {
        Map<String, @Nullable Object> attribute = with(NAMED, "catalogId", ID, "type", "STRING");
        return Stream.of(
                Arguments.of(MetahubType.HUB, Map.of(), "codename name"),
                Arguments.of(MetahubType.HUB, with(NAMED, "codename", "No Slug"), "codename"),
                Arguments.of(MetahubType.HUB, with(NAMED, "codename", "a".repeat(65)), "codename"),
                Arguments.of(MetahubType.HUB, with(NAMED, "codename", 1), "codename"),
                Arguments.of(MetahubType.HUB, with(NAMED, "name", "text"), "name"),
                Arguments.of(MetahubType.HUB, with(NAMED, "name", Map.of()), "name"),
                Arguments.of(MetahubType.HUB, with(NAMED, "name", Map.of("", "A")), "name."),
                Arguments.of(MetahubType.HUB, with(NAMED, "name", Map.of("not a tag", "A")), "name.not a tag"),
                Arguments.of(MetahubType.HUB, with(NAMED, "name", Map.of("en", " ")), "name.en"),
                Arguments.of(MetahubType.HUB, with(NAMED, "name", Map.of("en", 1)), "name.en"),
                Arguments.of(
                        MetahubType.HUB, with(NAMED, "name", Map.of("en", "A", "_primary", "de")), "name._primary"),
                Arguments.of(MetahubType.CATALOG, with(NAMED, "hubs", List.of("x")), "hubs[0]"),
                Arguments.of(MetahubType.CATALOG, with(NAMED, "hubs", ID), "hubs"),
                Arguments.of(MetahubType.CATALOG, with(NAMED, "order", 1.5), "order"),
                Arguments.of(MetahubType.CATALOG, with(NAMED, "config", List.of()), "config"),
                Arguments.of(MetahubType.CATALOG, with(NAMED, "config", Map.of("a", "\u0000")), "config.a"),
                Arguments.of(MetahubType.ATTRIBUTE, with(attribute, "type", "TEXT"), "type"),
                Arguments.of(MetahubType.ATTRIBUTE, with(attribute, "type", "REF"), "refCatalogId"),
                Arguments.of(MetahubType.ATTRIBUTE, with(attribute, "refCatalogId", ID), "refCatalogId"),
                Arguments.of(MetahubType.ATTRIBUTE, with(attribute, "type", "JSON", "searchable", true), "searchable"),
                constraint(attribute, "STRING", "minimum", 1),
                constraint(attribute, "NUMBER", "pattern", "a"),
                constraint(attribute, "DATE", "enum", List.of("2026-01-01")),
                constraint(attribute, "STRING", "maxLength", -1),
                constraint(attribute, "STRING", "maxLength", 1.5),
                constraint(attribute, "STRING", "pattern", "("),
                constraint(attribute, "STRING", "pattern", "(?=a)"),
                constraint(attribute, "STRING", "pattern", "(a{100}){100}"),
                constraint(attribute, "STRING", "enum", List.of(1)),
                constraint(attribute, "NUMBER", "enum", List.of()),
                constraint(attribute, "NUMBER", "minimum", "1"),
                Arguments.of(
                        MetahubType.ATTRIBUTE,
                        with(attribute, "constraints", Map.of("minLength", 3, "maxLength", 2)),
                        "constraints.maxLength"),
                Arguments.of(MetahubType.ELEMENT, Map.of(), "catalogId"),
                Arguments.of(
                        MetahubType.ELEMENT,
                        with(Map.of(), "catalogId", ID, "data", Map.of("Not A Slug", 1)),
                        "data.Not A Slug"));
    }

    private static Arguments constraint(
            Map<String, @Nullable Object> attribute, String type, String name, Object value) {
        return Arguments.of(
                MetahubType.ATTRIBUTE,
                with(attribute, "type", type, "constraints", Map.of(name, value)),
                "constraints." + name);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsInvalidIsRefusedByItsField(MetahubType type, Map<String, @Nullable Object> sent, String fields) {
        InvalidFields refusal = catchThrowableOfType(InvalidFields.class, () -> type.details(sent));
        assertThat(refusal).isNotNull();
        List<String> named = new ArrayList<>();
        for (FieldError error : refusal.errors()) {
            named.add(error.field());
        }
        assertThat(String.join(" ", named)).isEqualTo(fields);
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsRequiredCannotBeTakenAway(MetahubType type) {
        Map<String, @Nullable Object> all = new HashMap<>();
        type.members().forEach(member -> all.put(member, null));
        InvalidFields refusal = catchThrowableOfType(InvalidFields.class, () -> type.patch(all));
        assertThat(refusal.errors()).isNotEmpty().allMatch(error -> error.code().equals("required"));
    }

    static List<MetahubType> types() {
        return MetahubType.ALL;
    }

    /** @param more names and values in turn */
    private static Map<String, @Nullable Object> with(Map<String, ?> sent, @Nullable Object... more) {
        Map<String, @Nullable Object> all = new HashMap<>(sent);
        for (int i = 0; i < more.length; i += 2) {
            all.put(String.valueOf(more[i]), more[i + 1]);
        }
        return all;
    }
}

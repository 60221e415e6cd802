package dev.unlost.app.metahub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.metahub.Metahub.Created;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.SharedNodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What users of a metahub do, and what its records demand of each other. */
class MetahubIT {

    private static final List<String> TYPES = List.of("hub", "catalog", "attribute", "element");

    private Caller ann = Caller.of(SharedNodes.first(), "ann", "unset");
    private Metahub metahub = new Metahub(ann);

    @BeforeEach
    void aFactoryOfItsOwn() {
        ann = Caller.of(SharedNodes.first(), "ann", "metahub-" + UUID.randomUUID());
        metahub = new Metahub(ann);
    }

    @Test
    void aUserDefinesACatalogAndFillsIt() {
        Created geography = metahub.hub("geography");
        Created countries = metahub.catalog("countries", geography);
        metahub.attribute(
                countries, "code", "STRING", "required", true, "constraints", Map.of("pattern", "^[A-Z]{2}$"));
        metahub.attribute(countries, "area", "NUMBER", "constraints", Map.of("minimum", 0));
        Created germany = metahub.created(
                "elements",
                Map.of(
                        "catalogId",
                        countries.id(),
                        "codename",
                        "de",
                        "name",
                        Map.of("en", "Germany", "ru", "Германия", "_primary", "en"),
                        "data",
                        Map.of("code", "DE", "area", 357_588.5)));

        JsonNode read = metahub.get(germany);
        assertThat(read.path("_uplVersion").longValue()).isEqualTo(1);
        assertThat(read.path("metahubId").stringValue()).isEqualTo("main");
        assertThat(read.path("id").stringValue()).isEqualTo(germany.id());
        assertThat(read.path("data").toString()).isEqualTo("{\"area\":357588.5,\"code\":\"DE\"}");
        assertThat(read.path("name").path("ru").stringValue()).isEqualTo("Германия");

        Reply changed = metahub.patchData(germany, Map.of("area", 357_592), "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("\"2\"");
        assertThat(changed.json()).isEqualTo(metahub.get(germany));
        assertThat(ann.get(germany.path() + "/diff?from=1&to=2")
                        .json()
                        .path("changes")
                        .toString())
                .isEqualTo("[{\"field\":\"data.area\",\"from\":357588.5,\"to\":357592}]");
        assertThat(ann.get(germany.path() + "?version=1")
                        .json()
                        .path("data")
                        .path("area")
                        .doubleValue())
                .isEqualTo(357_588.5);
        assertThat(ann.get("/api/metahubs/main/catalogs?hub=" + geography.id())
                        .json()
                        .path("items")
                        .path(0)
                        .path("codename")
                        .stringValue())
                .isEqualTo("countries");
    }

    @Test
    void theSchemaSaysWhatElementsLookLike() {
        Created catalog = metahub.catalog("things");
        metahub.attribute(catalog, "code", "STRING", "required", true, "constraints", Map.of("maxLength", 5));
        metahub.attribute(catalog, "since", "DATE");
        JsonNode schema = ann.get(catalog.path() + "/schema").json();
        assertThat(schema.path("required").toString()).isEqualTo("[\"code\"]");
        assertThat(schema.path("properties").path("code").path("maxLength").intValue())
                .isEqualTo(5);
        assertThat(schema.path("properties").path("since").path("format").stringValue())
                .isEqualTo("date");
        assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
    }

    @Test
    void anElementThatIsNotWhatItsCatalogSaysIsRefused() {
        Created catalog = metahub.catalog("things");
        metahub.attribute(catalog, "code", "STRING", "required", true, "constraints", Map.of("maxLength", 3));
        metahub.attribute(catalog, "price", "NUMBER");
        metahub.attribute(catalog, "since", "DATE");
        metahub.attribute(catalog, "seen", "DATETIME");
        for (Map<String, Object> data : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("code", "toolong"),
                Map.of("code", 7),
                Map.of("code", "a", "price", "7"),
                Map.of("code", "a", "since", "2026-02-30"),
                Map.of("code", "a", "since", "0000-01-01"),
                Map.of("code", "a", "seen", "2026-02-03"),
                Map.of("code", "a", "seen", "2026-02-03T10:00:00+17:00"),
                Map.of("code", "a", "colour", "red"))) {
            Reply refused = metahub.postElement(catalog, data);
            assertThat(refused.status()).as(data + " " + refused.text()).isEqualTo(422);
            assertThat(Metahub.fields(refused)).hasSizeBetween(1, 2).allMatch(field -> field.startsWith("data."));
        }
        Created element = metahub.element(catalog, Map.of("code", "a", "seen", "2026-02-03T10:00:00.123456+01:00"));
        Reply refused = metahub.patchData(element, Map.of("price", true));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(Metahub.fields(refused)).containsExactly("data.price");
        assertThat(metahub.get(element).path("_uplVersion").longValue()).isEqualTo(1);
    }

    @Test
    void aCodenameThatIsTakenIsAConflictWithWhoHasIt() {
        Created first = metahub.hub("geography");
        Reply refused = metahub.post("hubs", Map.of("codename", "geography", "name", Map.of("en", "Again")));
        assertThat(refused.status()).isEqualTo(409);
        JsonNode conflict = refused.json().path("conflict");
        assertThat(conflict.path("reason").stringValue()).isEqualTo("exists");
        assertThat(conflict.path("taken").stringValue()).isEqualTo("codename");
        assertThat(conflict.path("entityId").stringValue()).isEqualTo(first.id());

        assertThat(new Metahub(ann, "/api/metahubs/other").hub("geography").path())
                .contains("other");
        assertThat(metahub.catalog("geography").path()).contains("catalogs");

        Created second = metahub.hub("second");
        assertThat(metahub.patch(second, Map.of("codename", "geography")).status())
                .isEqualTo(409);
        assertThat(ann.delete(first.path()).status()).isEqualTo(204);
        assertThat(metahub.patch(second, Map.of("codename", "geography")).status())
                .isEqualTo(200);
        Reply restored = ann.post(first.path() + "/restore", "{\"toVersion\":1}");
        assertThat(restored.status()).as(restored.text()).isEqualTo(409);
        assertThat(restored.json().path("conflict").path("entityId").stringValue())
                .isEqualTo(second.id());
    }

    @Test
    void aConstraintThatIsNullIsNone() {
        Created catalog = metahub.catalog("unconstrained");
        Map<String, Object> constraints = new HashMap<>(Map.of("maxLength", 3));
        constraints.put("minLength", null);
        Created attribute = metahub.attribute(catalog, "code", "STRING", "constraints", constraints);
        assertThat(metahub.caller().get(attribute.path()).json().path("constraints"))
                .hasToString("{\"maxLength\":3}");
    }

    @Test
    void timesThatNoElementCanHaveAreRefused() {
        Created catalog = metahub.catalog("days");
        metahub.attribute(catalog, "day", "DATE", "searchable", true);
        assertThat(metahub.caller()
                        .get(metahub.root() + "/elements?catalogId=" + catalog.id()
                                + "&data.day.from=%2B999999999-12-31")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whatOthersReferToIsNotDeleted() {
        Created hub = metahub.hub("geography");
        Created catalog = metahub.catalog("countries", hub);
        Created others = metahub.catalog("cities");
        Created attribute = metahub.attribute(others, "country", "REF", "refCatalogId", catalog.id());
        Created country = metahub.element(catalog, Map.of());
        Created city = metahub.element(others, Map.of("country", country.id()));

        assertThat(referring(hub)).containsExactly("catalogs." + catalog.id());
        assertThat(referring(catalog))
                .containsExactlyInAnyOrder("attributes." + attribute.id(), "elements." + country.id());
        assertThat(referring(country)).containsExactly("elements." + city.id());
        assertThat(referring(others))
                .containsExactlyInAnyOrder("attributes." + attribute.id(), "elements." + city.id());

        assertThat(ann.delete(attribute.path()).status()).isEqualTo(204);
        assertThat(ann.delete(country.path()).status()).isEqualTo(204);
        assertThat(ann.delete(city.path()).status()).isEqualTo(204);
        assertThat(ann.delete(catalog.path()).status()).isEqualTo(204);
        assertThat(ann.delete(hub.path()).status()).isEqualTo(204);
    }

    private List<String> referring(Created to) {
        Reply refused = ann.delete(to.path());
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("code").stringValue()).isEqualTo("referenced");
        return Metahub.fields(refused);
    }

    @Test
    void whatIsReferredToMustBeThere() {
        String nowhere = UUID.randomUUID().toString();
        Created catalog = metahub.catalog("things");
        Created elsewhere = metahub.catalog("elsewhere");
        metahub.attribute(catalog, "thing", "REF", "refCatalogId", elsewhere.id());
        Created notThere = metahub.element(catalog, Map.of());
        assertThat(Metahub.fields(metahub.post(
                        "catalogs", Map.of("codename", "a", "name", Map.of("en", "a"), "hubs", List.of(nowhere)))))
                .containsExactly("hubs");
        assertThat(Metahub.fields(metahub.postElement(new Created("", nowhere), Map.of())))
                .containsExactly("catalogId");
        assertThat(Metahub.fields(metahub.postElement(catalog, Map.of("thing", nowhere))))
                .containsExactly("data.thing");
        assertThat(Metahub.fields(metahub.postElement(catalog, Map.of("thing", notThere.id()))))
                .as("an element of another catalog")
                .containsExactly("data.thing");
    }

    @Test
    void anAttributeNarrowsOnlyAsFarAsTheElementsGoAlong() {
        Created catalog = metahub.catalog("things");
        Created code = metahub.attribute(catalog, "code", "STRING");
        for (int i = 0; i < 12; i++) {
            metahub.element(catalog, Map.of("code", "long-" + i));
        }
        metahub.element(catalog, Map.of());
        Reply refused = metahub.patch(code, Map.of("constraints", Map.of("maxLength", 6)));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("code").stringValue()).isEqualTo("narrows");
        assertThat(refused.json().path("errors").path(0).path("message").stringValue())
                .startsWith("2 elements");
        assertThat(Metahub.fields(refused)).hasSize(3);
        assertThat(refused.json().path("offending").path("count").intValue()).isEqualTo(2);
        assertThat(refused.json().path("offending").path("first")).hasSize(2);
        assertThat(metahub.patch(code, Map.of("required", true)).status()).isEqualTo(422);
        Reply all = metahub.patch(code, Map.of("type", "NUMBER"));
        assertThat(Metahub.fields(all)).hasSize(11);
        assertThat(all.json().path("offending").path("count").intValue()).isEqualTo(12);
        assertThat(all.json().path("offending").path("first")).hasSize(10);
        assertThat(metahub.patch(code, Map.of("codename", "name")).status()).isEqualTo(422);
        assertThat(metahub.patch(code, Map.of("constraints", Map.of("maxLength", 7)))
                        .status())
                .isEqualTo(200);
        assertThat(Metahub.fields(
                        metahub.post("attributes", Metahub.attributeBody(catalog, "more", "STRING", "required", true))))
                .hasSize(11);
    }

    @Test
    void allElementsOfALargeCatalogAreLookedAt() {
        Created catalog = metahub.catalog("things");
        Created code = metahub.attribute(catalog, "code", "STRING");
        String item =
                "{\"method\":\"POST\",\"body\":{\"catalogId\":\"" + catalog.id() + "\",\"data\":{\"code\":\"a\"}}}";
        for (int i = 0; i < 6; i++) {
            Reply batch = atomic("elements", Collections.nCopies(200, item).toArray(String[]::new));
            assertThat(batch.status()).isEqualTo(200);
        }
        Reply refused = metahub.patch(code, Map.of("type", "NUMBER"));
        assertThat(refused.json().path("offending").path("count").intValue()).isEqualTo(1_200);
        assertThat(refused.json().path("offending").path("first")).hasSize(10);
        assertThat(metahub.patch(code, Map.of("constraints", Map.of("maxLength", 1)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theValuesOfARemovedAttributeStayUntilSomebodyTakesThemAway() {
        Created catalog = metahub.catalog("things");
        Created code = metahub.attribute(catalog, "code", "STRING", "searchable", true);
        metahub.attribute(catalog, "price", "NUMBER");
        Created element = metahub.element(catalog, Map.of("code", "a", "price", 1));
        assertThat(ann.delete(code.path()).status()).isEqualTo(204);

        assertThat(metahub.patchData(element, Map.of("price", 2)).status()).isEqualTo(200);
        assertThat(metahub.get(element).path("data").path("code").stringValue()).isEqualTo("a");
        assertThat(Metahub.fields(metahub.patchData(element, Map.of("code", "b"))))
                .containsExactly("data.code");
        assertThat(Metahub.fields(metahub.post("attributes", Metahub.attributeBody(catalog, "code", "NUMBER"))))
                .as("another attribute of that name must go along with them")
                .hasSize(2);
        assertThat(ann.patch(element.path(), "{\"data\":{\"code\":null}}").status())
                .isEqualTo(200);
        assertThat(metahub.post("attributes", Metahub.attributeBody(catalog, "code", "NUMBER"))
                        .status())
                .isEqualTo(201);
        assertThat(ann.post(element.path() + "/restore", "{\"toVersion\":1}").status())
                .as("what it said in version 1 is no number")
                .isEqualTo(422);
    }

    @Test
    void twoPeopleEditOneElement() {
        Caller bob = Caller.of(SharedNodes.second(), "bob", "unset");
        Created catalog = metahub.catalog("things");
        metahub.attribute(catalog, "code", "STRING");
        metahub.attribute(catalog, "price", "NUMBER");
        Created element = metahub.element(catalog, Map.of("code", "a", "price", 1));
        assertThat(metahub.patchData(element, Map.of("price", 2), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);

        Reply stale = metahub.patchData(element, Map.of("price", 3), "If-Match", "\"1\"");
        assertThat(stale.status()).isEqualTo(409);
        JsonNode change = stale.json().path("conflict").path("changes").path(0);
        assertThat(change.path("field").stringValue()).isEqualTo("data.price");
        assertThat(change.path("base").intValue()).isEqualTo(1);
        assertThat(change.path("theirs").intValue()).isEqualTo(2);
        assertThat(change.path("yours").intValue()).isEqualTo(3);
        assertThat(stale.json().path("conflict").path("overlappingFields").toString())
                .isEqualTo("[\"data.price\"]");
        assertThat(stale.json().path("conflict").path("entityType").stringValue())
                .isEqualTo("element");

        assertThat(metahub.patchData(element, Map.of("code", "b"), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(409);
        Reply merged = metahub.patchData(element, Map.of("code", "b"), "If-Match", "\"1\"", "Prefer", "merge=disjoint");
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(merged.header("Preference-Applied")).contains("merge=disjoint");
        assertThat(merged.json().path("data").toString()).isEqualTo("{\"code\":\"b\",\"price\":2}");
        assertThat(bob.get(element.path()).status()).isEqualTo(404);
    }

    @Test
    void aChangeWithoutAVersionIsAppliedAndRecordedAsSuch() {
        Created catalog = metahub.catalog("things");
        assertThat(metahub.patch(catalog, Map.of("name", Map.of("en", "Other"))).status())
                .isEqualTo(200);
        assertThat(metahub.patch(catalog, Map.of("order", 3)).status()).isEqualTo(200);
        JsonNode history = ann.get(catalog.path() + "/history").json().path("items");
        assertThat(history.path(0).path("internal").booleanValue()).as("upkeep").isTrue();
        assertThat(history.path(0).has("unconditional")).isFalse();
        assertThat(history.path(1).path("unconditional").booleanValue()).isTrue();
        assertThat(metahub.patch(catalog, Map.of("order", 4, "_uplVersion", 2)).status())
                .isEqualTo(409);
        assertThat(metahub.get(catalog).path("_uplVersion").longValue()).isEqualTo(3);
    }

    @Test
    void elementsAreFoundAndSortedByTheirValues() {
        Created catalog = metahub.catalog("things");
        metahub.attribute(catalog, "code", "STRING");
        metahub.attribute(catalog, "name", "STRING", "searchable", true);
        metahub.attribute(catalog, "price", "NUMBER", "searchable", true);
        metahub.attribute(catalog, "sold", "BOOLEAN", "searchable", true);
        metahub.attribute(catalog, "since", "DATE", "searchable", true);
        metahub.attribute(catalog, "seen", "DATETIME", "searchable", true);
        metahub.element(catalog, Map.of("code", "1", "name", "Äpfel", "price", 10, "sold", true));
        metahub.element(
                catalog, Map.of("code", "2", "name", "birnen", "price", 9.5, "seen", "2026-01-01T10:00:00+05:00"));
        metahub.element(
                catalog, Map.of("code", "3", "name", "Bananen", "since", "2025-06-01", "seen", "2026-01-01T09:00:00Z"));
        metahub.element(catalog, Map.of("code", "4", "price", -3, "since", "2026-06-01", "sold", false));

        assertThat(metahub.listed(catalog, "code", 1, "&sort=data.name")).containsExactly("3", "2", "1", "4");
        assertThat(metahub.listed(catalog, "code", 2, "&sort=-data.name")).containsExactly("4", "1", "2", "3");
        assertThat(metahub.listed(catalog, "code", 3, "&sort=data.price")).startsWith("4", "2", "1");
        assertThat(metahub.listed(catalog, "code", 1, "&sort=data.seen")).startsWith("2", "3");
        assertThat(metahub.listed(catalog, "code", 9, "&data.price.from=9.5&sort=data.price"))
                .containsExactly("2", "1");
        assertThat(metahub.listed(catalog, "code", 9, "&data.price=1.0E1")).containsExactly("1");
        assertThat(metahub.listed(catalog, "code", 9, "&data.price.to=9.5&sort=data.price"))
                .containsExactly("4", "2");
        assertThat(metahub.listed(catalog, "code", 9, "&data.price=10&data.sold=true"))
                .containsExactly("1");
        assertThat(metahub.listed(catalog, "code", 9, "&data.name.prefix=B&sort=data.price"))
                .containsExactly("2", "3");
        assertThat(metahub.listed(catalog, "code", 9, "&data.name.contains=NEN&sort=data.name"))
                .containsExactly("3", "2");
        assertThat(metahub.listed(catalog, "code", 9, "&data.name=" + "%C3%A4PFEL"))
                .containsExactly("1");
        assertThat(metahub.listed(catalog, "code", 9, "&data.since.from=2025-12-31"))
                .containsExactly("4");
        assertThat(metahub.listed(catalog, "code", 1, "&sort=-updatedAt")).containsExactly("4", "3", "2", "1");

        for (String bad : List.of(
                "&data.code=1",
                "&data.price=ten",
                "&data.price=10f",
                "&data.price=0x1p3",
                "&data.price.from=NaN",
                "&data.price=%2B10",
                "&data.price=.5",
                "&data.price=1e999",
                "&data.price.prefix=1",
                "&data.sold.from=true",
                "&sort=data.none")) {
            Reply refused = ann.get("/api/metahubs/main/elements?catalogId=" + catalog.id() + bad);
            assertThat(refused.status()).as(bad + refused.text()).isEqualTo(422);
        }
        assertThat(ann.get("/api/metahubs/main/elements").status()).isEqualTo(400);
    }

    @Test
    void anAttributeBecomesSearchableForTheElementsThatAreThere() {
        Created catalog = metahub.catalog("things");
        Created price = metahub.attribute(catalog, "price", "NUMBER");
        metahub.element(catalog, Map.of("price", 2));
        metahub.element(catalog, Map.of("price", 1));
        assertThat(metahub.patch(price, Map.of("searchable", true)).status()).isEqualTo(200);
        assertThat(metahub.listed(catalog, "price", 1, "&sort=data.price")).containsExactly("1", "2");
        assertThat(metahub.patch(price, Map.of("searchable", false)).status()).isEqualTo(200);
        assertThat(ann.get("/api/metahubs/main/elements?catalogId=" + catalog.id() + "&sort=data.price")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void theItemsOfABatchSeeEachOther() {
        String twice = "{\"method\":\"POST\",\"body\":{\"codename\":\"same\",\"name\":{\"en\":\"A\"}}}";
        Reply refused =
                ann.post("/api/metahubs/main/hubs:batch", "{\"atomic\":true,\"items\":[" + twice + "," + twice + "]}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(ann.get("/api/metahubs/main/hubs").json().path("items")).isEmpty();

        Reply each =
                ann.post("/api/metahubs/main/hubs:batch", "{\"atomic\":false,\"items\":[" + twice + "," + twice + "]}");
        assertThat(each.json().path("results").path(0).path("status").intValue())
                .isEqualTo(201);
        assertThat(each.json().path("results").path(1).path("status").intValue())
                .isEqualTo(409);
    }

    @Test
    void anItemOfABatchTakesTheCodenameThatAnotherGivesUpWhicheverComesFirst() {
        for (boolean ascending : List.of(true, false)) {
            String suffix = ascending ? "-up" : "-down";
            List<Created> hubs = Stream.of(metahub.hub("a" + suffix), metahub.hub("b" + suffix))
                    .sorted(Comparator.comparing(Created::id))
                    .toList();
            Created first = ascending ? hubs.getFirst() : hubs.getLast();
            Created second = ascending ? hubs.getLast() : hubs.getFirst();
            String had = metahub.get(first).path("codename").stringValue();
            String rename = "{\"method\":\"PATCH\",\"id\":\"%s\",\"body\":{\"codename\":\"%s\"}}";
            Reply given =
                    atomic("hubs", rename.formatted(first.id(), "c" + suffix), rename.formatted(second.id(), had));
            assertThat(given.status()).as(given.text()).isEqualTo(200);
            assertThat(metahub.get(second).path("codename").stringValue()).isEqualTo(had);
            Reply swapped =
                    atomic("hubs", rename.formatted(second.id(), "c" + suffix), rename.formatted(first.id(), had));
            assertThat(swapped.status()).as(swapped.text()).isEqualTo(200);
            assertThat(metahub.get(first).path("codename").stringValue()).isEqualTo(had);
            assertThat(atomic(
                                    "hubs",
                                    "{\"method\":\"DELETE\",\"id\":\"" + first.id() + "\"}",
                                    rename.formatted(second.id(), had))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aBatchThatIsRefusedNamesTheFirstItemThatOffends() {
        metahub.hub("taken");
        String create = "{\"method\":\"PUT\",\"id\":\"%s\",\"headers\":{\"If-None-Match\":\"*\"},"
                + "\"body\":{\"codename\":\"%s\",\"name\":{\"en\":\"A\"}}}";
        String low = "00000000" + UUID.randomUUID().toString().substring(8);
        String high = "ffffffff" + UUID.randomUUID().toString().substring(8);
        for (List<String> ids : List.of(List.of(low, high), List.of(high, low))) {
            Reply both = atomic("hubs", create.formatted(ids.get(0), "taken"), create.formatted(ids.get(1), "taken"));
            assertThat(both.status()).as(both.text()).isEqualTo(409);
            assertThat(both.json().path("item").intValue()).isZero();
            Reply twice = atomic("hubs", create.formatted(ids.get(0), "new"), create.formatted(ids.get(1), "new"));
            assertThat(twice.json().path("item").intValue())
                    .as("the second of two that want one codename: " + twice.text())
                    .isEqualTo(1);
            assertThat(twice.json().path("conflict").path("entityId").stringValue())
                    .isEqualTo(ids.get(0));
        }
    }

    @Test
    void elementsOfABatchReferToEachOther() {
        Created catalog = metahub.catalog("people");
        metahub.attribute(catalog, "friend", "REF", "refCatalogId", catalog.id());
        String one = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        String item = "{\"method\":\"PUT\",\"id\":\"%s\",\"headers\":{\"If-None-Match\":\"*\"},"
                + "\"body\":{\"catalogId\":\"" + catalog.id() + "\",\"data\":{\"friend\":\"%s\"}}}";
        Reply created = atomic("elements", item.formatted(one, other), item.formatted(other, one));
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        assertThat(ann.delete("/api/metahubs/main/elements/" + one).status()).isEqualTo(422);
        Reply deleted = atomic(
                "elements",
                "{\"method\":\"DELETE\",\"id\":\"" + one + "\"}",
                "{\"method\":\"PATCH\",\"id\":\"" + other + "\",\"body\":{\"data\":{\"friend\":null}}}");
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    }

    private Reply atomic(String kind, String... items) {
        return ann.post(
                "/api/metahubs/main/" + kind + ":batch",
                "{\"atomic\":true,\"items\":[" + String.join(",", items) + "]}");
    }

    @Test
    void aCodenameThatIsTakenDoesNotHideThatTheRecordHasChanged() {
        Metahub elsewhere = metahub.as(ann.at(SharedNodes.second()));
        metahub.hub("taken");
        Created hub = metahub.hub("geography");
        assertThat(elsewhere.patch(hub, Map.of("name", Map.of("en", "Geo"))).status())
                .isEqualTo(200);
        Reply refused = metahub.patch(hub, Map.of("codename", "taken"), "If-Match", "\"1\"");
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("conflict").path("reason").stringValue()).isEqualTo("stale");
        assertThat(refused.json().path("conflict").path("actualVersion").intValue())
                .isEqualTo(2);
    }

    @Test
    void oneItemThatBreaksARuleKeepsTheOthersFromBeingWritten() {
        Created catalog = metahub.catalog("things");
        metahub.attribute(catalog, "price", "NUMBER");
        Created element = metahub.element(catalog, Map.of("price", 1));
        Created other = metahub.element(catalog, Map.of("price", 1));
        String items = "{\"method\":\"PATCH\",\"id\":\"%s\",\"body\":{\"data\":{\"price\":%s}}}";
        Reply refused = ann.post(
                "/api/metahubs/main/elements:batch",
                "{\"atomic\":true,\"items\":[" + items.formatted(element.id(), "2") + ","
                        + items.formatted(other.id(), "\"two\"") + "]}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().path("item").intValue()).isEqualTo(1);
        assertThat(refused.json().path("results").path(0).path("status").intValue())
                .isEqualTo(424);
        assertThat(metahub.get(element).path("_uplVersion").longValue()).isEqualTo(1);
    }

    @Test
    void aRequestThatIsSentAgainCountsOnceInEachMetahub() {
        String body = "{\"codename\":\"geography\",\"name\":{\"en\":\"A\"}}";
        Reply first = ann.post("/api/metahubs/main/hubs", body, "Idempotency-Key", "k");
        Reply again = ann.post("/api/metahubs/main/hubs", body, "Idempotency-Key", "k");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(ann.post("/api/metahubs/other/hubs", body, "Idempotency-Key", "k")
                        .status())
                .as("another request")
                .isEqualTo(422);
    }

    @Test
    void theFeedTellsInWhichMetahubARecordIs() {
        Created hub = metahub.hub("geography");
        JsonNode change = ann.get("/api/changes?since=0&type=hub", "Accept", "application/json")
                .json()
                .path("items")
                .path(0);
        assertThat(change.path("id").stringValue()).isEqualTo(hub.id());
        assertThat(change.path("namespace").stringValue()).isEqualTo("main");
        assertThat(ann.get("/api/changes?since=0&id=main/" + hub.id(), "Accept", "application/json")
                        .json()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void theReadModelIsWhatTheLogSays() {
        Created catalog = metahub.catalog("things", metahub.hub("geography"));
        Created code = metahub.attribute(catalog, "code", "STRING", "searchable", true);
        Created element = metahub.element(catalog, Map.of("code", "a"));
        metahub.element(catalog, Map.of());
        metahub.patch(element, Map.of("name", Map.of("en", "A")));
        ann.patch(element.path(), "{\"data\":{\"code\":null},\"name\":null}");
        ann.delete(element.path());
        metahub.patch(code, Map.of("order", 2));
        Operator operator = new Operator(SharedNodes.first());
        for (String type : TYPES) {
            assertThat(operator.verify(type)).as(type).isZero();
        }
    }

    @Test
    void whatTheRulesAreDecidedByIsVerifiedAndRebuiltWithTheRecords() throws SQLException {
        Created hub = metahub.hub("geography");
        Created catalog = metahub.catalog("things", hub);
        Created code = metahub.attribute(
                catalog, "code", "STRING", "required", true, "constraints", Map.of("maxLength", 3, "pattern", "^a"));
        metahub.attribute(catalog, "next", "REF", "refCatalogId", catalog.id());
        metahub.attribute(catalog, "more", "JSON");
        Created element = metahub.element(catalog, Map.of("code", "a", "more", Map.of("x", List.of(1, 2.5, "y"))));
        Created other = metahub.element(catalog, Map.of("code", "ab", "next", element.id()));
        Operator operator = new Operator(SharedNodes.first());
        assertThat(differences(operator)).containsExactly(0L, 0L, 0L, 0L);

        damage("delete from unlost.metahub_member where id = 'main/%s'", hub.id());
        damage("delete from unlost.metahub_reference where from_id = 'main/%s'", catalog.id());
        damage("update unlost.metahub_member set content = content - 'constraints' where id = 'main/%s'", code.id());
        damage("update unlost.metahub_member set content = '{}' where id = 'main/%s'", element.id());
        damage("delete from unlost.metahub_reference where from_id = 'main/%s'", other.id());
        damage(
                "insert into unlost.metahub_member select factory_id, 'element', 'main/none', parent, 'none', '{}' "
                        + "from unlost.metahub_member where id = 'main/%s'",
                element.id());
        assertThat(differences(operator)).containsExactly(1L, 1L, 1L, 3L);
        for (String type : TYPES) {
            operator.rebuild(type);
        }
        assertThat(differences(operator)).containsExactly(0L, 0L, 0L, 0L);
        assertThat(metahub.post("hubs", Map.of("codename", "geography", "name", Map.of("en", "x")))
                        .status())
                .isEqualTo(409);
        assertThat(ann.delete(hub.path()).status()).isEqualTo(422);
        assertThat(ann.delete(element.path()).status()).isEqualTo(422);
        assertThat(Metahub.fields(metahub.postElement(catalog, Map.of("code", "along"))))
                .containsExactly("data.code");
    }

    private static List<Long> differences(Operator operator) {
        return TYPES.stream().map(operator::verify).toList();
    }

    private static void damage(String sql, String id) throws SQLException {
        try (Connection admin = SharedNodes.database().connectAsAdmin();
                Statement statement = admin.createStatement()) {
            assertThat(statement.executeUpdate(sql.formatted(id))).isPositive();
        }
    }

    @Test
    void anotherMetahubsRecordIsNotThere() {
        Created hub = metahub.hub("geography");
        String elsewhere = hub.path().replace("/main/", "/other/");
        assertThat(ann.get(elsewhere).status()).isEqualTo(404);
        assertThat(ann.get(elsewhere + "/history").status()).isEqualTo(404);
        assertThat(ann.patch(elsewhere, "{\"codename\":\"x\"}").status()).isEqualTo(404);
        assertThat(ann.get("/api/metahubs/NOT_ONE/hubs").status()).isEqualTo(404);
    }
}

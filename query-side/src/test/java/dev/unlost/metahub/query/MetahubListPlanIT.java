package dev.unlost.metahub.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.metahub.AttributeKind;
import dev.unlost.metahub.MetahubQuery.Comparison;
import dev.unlost.metahub.MetahubQuery.ListMetahubRecords;
import dev.unlost.metahub.MetahubQuery.Position;
import dev.unlost.metahub.MetahubQuery.Sort;
import dev.unlost.metahub.MetahubQuery.ValueCondition;
import dev.unlost.metahub.MetahubType;
import dev.unlost.metahub.query.MetahubList.Attribute;
import dev.unlost.support.Database;
import dev.unlost.versioning.query.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.DigestUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How PostgreSQL answers lists of elements as the service's role, under row-level security, on 40 000 elements. */
class MetahubListPlanIT {

    private static final Set<String> BY_INDEX = Set.of("Index Scan", "Index Only Scan", "Bitmap Heap Scan");
    private static final int PER_FACTORY = 20_000;
    private static final int LIMIT = 50;

    /** Their records are there, in no order. */
    private static final List<String> HUNDRED_IDS = IntStream.range(0, 100)
            .mapToObj(n -> DigestUtils.md5DigestAsHex(("f-1" + (n * 97 + 1)).getBytes(UTF_8)))
            .toList();

    private static final String CATALOG = "3f2c1d5e-0000-4000-8000-000000000002";
    private static final Map<String, Attribute> ATTRIBUTES = Map.of(
            "name", new Attribute("main/a-name", AttributeKind.STRING),
            "price", new Attribute("main/a-price", AttributeKind.NUMBER),
            "since", new Attribute("main/a-since", AttributeKind.DATE));

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @BeforeAll
    static void fill() {
        database = new Database();
        JdbcTemplate maintenance = new JdbcTemplate(database.maintenance());
        maintenance.update("""
                insert into unlost.attribute (factory_id, id, version, deleted, created_at, created_by, updated_at,
                  updated_by, codename, contents, catalog_id, position, kind, searchable)
                select factory, 'main/a-' || name, 1, false, now(), 'u', now(), 'u', name, '{}', ?, 0, kind, true
                from unnest(array['f-1', 'f-2']) factory,
                  (values ('name', 'STRING'), ('price', 'NUMBER'), ('since', 'DATE')) as attribute (name, kind)""", CATALOG);
        maintenance.update("""
                insert into unlost.element (factory_id, id, version, deleted, created_at, created_by, updated_at,
                  updated_by, codename, contents, catalog_id, position, search_keys)
                select factory, 'main/' || md5(factory || n), 1, n % 50 = 0, now(), 'u',
                  timestamptz '2026-01-01' + n * interval '1 minute', 'u', 'e' || n,
                  jsonb_build_object('data.name', md5('name' || n), 'data.price', n)
                    || case when n % 3 = 0 then jsonb_build_object('data.since', date '2000-01-01' + n) else '{}' end,
                  ?, n, jsonb_build_object('name', md5('name' || n))
                from unnest(array['f-1', 'f-2']) factory, generate_series(1, ?) n""", CATALOG, PER_FACTORY);
        maintenance.update("insert into unlost.element_value"
                + " select factory_id, attribute_id, element_id, missing, text_value, number_value, time_value from ("
                + MetahubReadModel.VALUES + ") due");
        database.as("unlost_owner").execute("vacuum analyze unlost.element, unlost.element_value, unlost.attribute");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static List<ListMetahubRecords> lists() {
        List<ListMetahubRecords> lists = new ArrayList<>();
        for (String field : List.of("codename", "order", "updatedAt", "data.name", "data.price", "data.since")) {
            for (boolean descending : new boolean[] {false, true}) {
                lists.add(list(field, descending, null));
                lists.add(list(
                        field,
                        descending,
                        switch (field) {
                            case "codename" -> "e5";
                            case "order" -> "5000";
                            case "updatedAt" -> "2026-01-05T00:00:00Z";
                            case "data.name" -> new SearchValue(false, "abc", 0, java.time.Instant.EPOCH).toCursor();
                            case "data.price" -> new SearchValue(false, "", 5000, java.time.Instant.EPOCH).toCursor();
                            default -> "-";
                        }));
                lists.add(list(field, descending, null, new ValueCondition("name", Comparison.PREFIX, "ab")));
                lists.add(list(field, descending, null, new ValueCondition("price", Comparison.EQUAL, "4711")));
                lists.add(list(HUNDRED_IDS, field, descending, null));
            }
        }
        lists.add(list(
                "data.price",
                false,
                null,
                new ValueCondition("price", Comparison.FROM, "100"),
                new ValueCondition("price", Comparison.TO, "140")));
        lists.add(list("data.name", false, null, new ValueCondition("since", Comparison.EQUAL, "2004-02-10")));
        return lists;
    }

    private static ListMetahubRecords list(
            String sort, boolean descending, @Nullable String after, ValueCondition... conditions) {
        return list(List.of(), sort, descending, after, conditions);
    }

    private static ListMetahubRecords list(
            List<String> ids, String sort, boolean descending, @Nullable String after, ValueCondition... conditions) {
        return new ListMetahubRecords(
                MetahubType.ELEMENT,
                "main",
                ids,
                CATALOG,
                null,
                null,
                null,
                List.of(conditions),
                new Sort(sort, descending),
                after == null ? null : new Position(after, "x"),
                LIMIT);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void everyPageIsFoundByAnIndexAndLooksAtFewRows(ListMetahubRecords query) {
        MetahubList list = new MetahubList("f-1", query, ATTRIBUTES::get);
        String plan = explained(list);
        List<JsonNode> nodes = new ArrayList<>();
        collect(new JsonMapper().readTree(plan).get(0).get("Plan"), nodes);
        double read = 0;
        for (JsonNode node : nodes) {
            if (node.has("Relation Name")) {
                assertThat(node.get("Node Type").asString()).as(plan).isIn(BY_INDEX);
                double loops = node.get("Actual Loops").asDouble();
                read += (node.path("Rows Removed by Filter").asDouble()
                                + node.get("Actual Rows").asDouble())
                        * loops;
            }
            if (node.has("Index Name")) {
                assertThat(node.path("Index Cond").asString()).as(plan).contains("factory_id");
            }
        }
        assertThat(read).as(plan).isLessThan(PER_FACTORY / 10.0);
    }

    private static String explained(MetahubList list) {
        JdbcTemplate jdbc = new JdbcTemplate(database.app());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.app()));
        return requireNonNull(transaction.execute(status -> {
            jdbc.queryForList("select set_config('unlost.factory', 'f-1', true), " + RowReader.LIST_PLANNING);
            return String.join(
                    "\n",
                    jdbc.queryForList(
                            "explain (analyze, format json) " + list.sql().sql(),
                            String.class,
                            list.sql().values().toArray()));
        }));
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.path("Plans").forEach(child -> collect(child, into));
    }
}

package dev.unlost.table.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.support.Database;
import dev.unlost.table.Condition;
import dev.unlost.table.Condition.Comparison;
import dev.unlost.table.Operand;
import dev.unlost.table.Ordering;
import dev.unlost.table.TableQuery.FindRows;
import dev.unlost.versioning.query.Fragment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is asked of tables most is found by indexes, as the service's role, under row-level security. */
class TableSearchPlanIT {

    private static final Set<String> BY_INDEX = Set.of("Index Scan", "Index Only Scan", "Bitmap Heap Scan");
    private static final int PER_FACTORY = 10_000;
    private static final int LIMIT = 50;
    private static final String CATALOG = "3f2c1d5e-0000-4000-8000-000000000002";

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @SuppressWarnings("NullAway.Init")
    private static Map<String, RecordRows<?>> tables;

    @BeforeAll
    static void fill() throws ClassNotFoundException {
        database = new Database();
        JdbcTemplate maintenance = new JdbcTemplate(database.maintenance());
        maintenance.update("""
                insert into unlost.customer (factory_id, id, version, deleted, created_at, created_by, updated_at,
                  updated_by, name, name_key, email, email_key, country, tags)
                select factory, md5(factory || n), 1, n % 50 = 0, now(), 'u',
                  timestamptz '2026-01-01' + n * interval '1 minute', 'u', md5('name' || n), md5('name' || n),
                  n || '@example.com', n || '@example.com', case when n % 500 = 7 then 'LI' else 'DE' end,
                  case when n % 500 = 9 then '{common,rare}' when n % 5 < 2 then '{common}' else '{}' end::text[]
                from unnest(array['f-1', 'f-2']) factory, generate_series(1, ?) n""", PER_FACTORY);
        maintenance.update("""
                insert into unlost.customer_tag
                select factory_id, id, tag, name_key from unlost.customer, unnest(tags) tag where not deleted""");
        maintenance.update("""
                insert into unlost.element (factory_id, id, version, deleted, created_at, created_by, updated_at,
                  updated_by, codename, contents, catalog_id, position, search_keys)
                select factory, metahub || '/' || md5(factory || n), 1, n % 50 = 0, now(), 'u',
                  timestamptz '2026-01-01' + n * interval '1 minute', 'u', 'e' || n, '{}', ?, n, '{}'
                from unnest(array['f-1', 'f-2']) factory, unnest(array['a', 'main', 'z']) metahub,
                  generate_series(1, ?) n""", CATALOG, PER_FACTORY);
        database.as("unlost_owner").execute("vacuum analyze unlost.customer, unlost.customer_tag, unlost.element");
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
                Class.forName("dev.unlost.customer.query.CustomerSearch"),
                Class.forName("dev.unlost.metahub.query.MetahubSearch"))) {
            tables = context.getBeansOfType(RecordRows.class).values().stream()
                    .map(bean -> (RecordRows<?>) bean)
                    .collect(Collectors.toMap(table -> table.type().name(), Function.identity()));
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static List<FindRows> questions() {
        String id = "3f2c1d5e-0000-4000-8000-000000000001";
        Condition recent = compared("updated_at", Comparison.GREATER_OR_EQUAL, Instant.parse("2026-01-07T00:00:00Z"));
        List<FindRows> questions = new ArrayList<>();
        questions.add(customers(all()));
        questions.add(customers(all(), by("name", false)));
        questions.add(customers(all(), by("name", true)));
        questions.add(customers(all(), by("updated_at", true)));
        questions.add(customers(recent, by("updated_at", false)));
        questions.add(customers(compared("id", Comparison.EQUAL, id)));
        questions.add(customers(new Condition.In(new Operand("id"), List.of(id, "b", "c"))));
        questions.add(customers(compared("name", Comparison.EQUAL, "abc")));
        questions.add(customers(compared("name", Comparison.GREATER, "Abc"), by("name", false)));
        questions.add(customers(compared("email", Comparison.EQUAL, "4711@example.com")));
        questions.add(
                customers(new Condition.Compare(new Operand("address", List.of("country")), Comparison.EQUAL, "LI")));
        questions.add(customers(new Condition.Contains("tags", List.of("rare"))));
        questions.add(customers(new Condition.Contains("tags", List.of("rare", "common"))));
        questions.add(elements(all()));
        questions.add(elements(compared("id", Comparison.EQUAL, id)));
        questions.add(elements(inCatalog(), by("position", false)));
        questions.add(elements(inCatalog(), by("position", true)));
        questions.add(
                elements(new Condition.All(List.of(inCatalog(), compared("codename", Comparison.EQUAL, "e4711")))));
        questions.add(elements(inCatalog(), by("updated_at", true)));
        return questions;
    }

    private static Condition all() {
        return new Condition.All(List.of());
    }

    private static Condition inCatalog() {
        return compared("catalog_id", Comparison.EQUAL, CATALOG);
    }

    private static Condition compared(String column, Comparison comparison, Object value) {
        return new Condition.Compare(new Operand(column), comparison, value);
    }

    private static Ordering by(String column, boolean descending) {
        return new Ordering(new Operand(column), descending, descending);
    }

    private static FindRows customers(Condition condition, Ordering... orderings) {
        return new FindRows("customer", null, condition, List.of(orderings), 0, LIMIT, false);
    }

    private static FindRows elements(Condition condition, Ordering... orderings) {
        return new FindRows("element", "main", condition, List.of(orderings), 0, LIMIT, false);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsAskedMostIsFoundByAnIndexAndLooksAtFewRows(FindRows query) {
        Fragment rows = new TableSearch(requireNonNull(tables.get(query.type())), "f-1", query).rows();
        String plan = explained(rows);
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
        assertThat(read).as(rows.sql() + plan).isLessThan(PER_FACTORY / 10.0);
    }

    private static String explained(Fragment sql) {
        JdbcTemplate jdbc = new JdbcTemplate(database.app());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.app()));
        return requireNonNull(transaction.execute(status -> {
            jdbc.queryForList("""
                    select set_config('unlost.factory', 'f-1', true), set_config('plan_cache_mode', 'force_custom_plan', true),
                      set_config('enable_seqscan', 'off', true)""");
            return String.join(
                    "\n",
                    jdbc.queryForList(
                            "explain (analyze, format json) " + sql.sql(),
                            String.class,
                            sql.values().toArray()));
        }));
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.path("Plans").forEach(child -> collect(child, into));
    }
}

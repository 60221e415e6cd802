package dev.unlost.customer.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.DigestUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How PostgreSQL answers every kind of list as the service's role, under row-level security, on 50 000 rows. */
class CustomerListPlanIT {

    private static final Set<String> BY_INDEX = Set.of("Index Scan", "Index Only Scan", "Bitmap Heap Scan");
    private static final int PER_FACTORY = 25_000;
    private static final int LIMIT = 50;

    /** Their records are there, in no order. */
    private static final List<String> HUNDRED_IDS = IntStream.range(0, 100)
            .mapToObj(n -> DigestUtils.md5DigestAsHex(("f-1" + (n * 97 + 1)).getBytes(UTF_8)))
            .toList();

    @SuppressWarnings("NullAway.Init")
    private static ExplainingDataSource observed;

    @SuppressWarnings("NullAway.Init")
    private static ReadModel readModel;

    @BeforeAll
    static void fill() {
        readModel = new ReadModel(dataSource -> {
            observed = new ExplainingDataSource(dataSource);
            return observed;
        });
        JdbcTemplate maintenance = new JdbcTemplate(readModel.database.maintenance());
        maintenance.update("""
                insert into unlost.customer (factory_id, id, version, deleted, created_at, created_by, updated_at,
                  updated_by, name, name_key, email, email_key, country, tags)
                select factory, md5(factory || n), 1, n % 50 = 0, timestamptz '2026-01-01' + n * interval '1 minute', 'u',
                  timestamptz '2026-01-01' + n * interval '1 minute', 'u', md5('name' || n), md5('name' || n),
                  n || '@example.com', n || '@example.com',
                  case when n % 500 = 7 then 'LI' when n % 5 < 2 then 'DE' else (array['FR', 'HU', 'IT', 'PL', 'SE', 'US'])[1 + n % 6] end,
                  case when n % 500 = 9 then '{common,rare}' when n % 5 < 2 then '{common}' else '{}' end::text[]
                from unnest(array['f-1', 'f-2']) factory, generate_series(1, ?) n""", PER_FACTORY);
        maintenance.update("""
                insert into unlost.customer_tag
                select factory_id, id, tag, name_key from unlost.customer, unnest(tags) tag where not deleted""");
        readModel.database.as("unlost_owner").execute("vacuum analyze unlost.customer, unlost.customer_tag");
    }

    @AfterAll
    static void close() {
        readModel.close();
    }

    static List<ListCustomers> lists() {
        List<ListCustomers> lists = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                lists.add(list(null, null, null, null, null, sort, descending));
                lists.add(list("abc", null, null, null, null, sort, descending));
                lists.add(list("a", null, null, null, null, sort, descending));
                lists.add(list(null, "4711@EXAMPLE.com", null, null, null, sort, descending));
                lists.add(list(null, null, "rare", null, null, sort, descending));
                lists.add(list(null, null, "common", null, null, sort, descending));
                lists.add(list(null, null, "unheard of", null, null, sort, descending));
                lists.add(list(null, null, null, "LI", null, sort, descending));
                lists.add(list(null, null, null, "DE", null, sort, descending));
                lists.add(list(null, null, null, "ZZ", null, sort, descending));
                lists.add(list(null, null, null, null, "2026-01-18T00:00:00Z", sort, descending));
                lists.add(list(null, null, null, null, "2026-01-02T00:00:00Z", sort, descending));
                lists.add(list("a", null, "common", "DE", "2026-01-02T00:00:00Z", sort, descending));
                lists.add(list("a", null, "rare", "DE", null, sort, descending));
                lists.add(new ListCustomers(HUNDRED_IDS, null, null, null, null, null, sort, descending, null, LIMIT));
                lists.add(
                        new ListCustomers(HUNDRED_IDS, "a", null, "common", "DE", null, sort, descending, null, LIMIT));
            }
        }
        return lists;
    }

    private static ListCustomers list(
            @Nullable String namePrefix,
            @Nullable String email,
            @Nullable String tag,
            @Nullable String country,
            @Nullable String updatedSince,
            Sort sort,
            boolean descending) {
        Instant since = updatedSince == null ? null : Instant.parse(updatedSince);
        return new ListCustomers(List.of(), namePrefix, email, tag, country, since, sort, descending, null, LIMIT);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void everyPageIsFoundByAnIndexAndLooksAtFewRows(ListCustomers first) {
        CustomerPage page = readModel.list("f-1", first);
        assertPlanIsNarrow();
        if (page.next() != null) {
            readModel.list(
                    "f-1",
                    new ListCustomers(
                            first.ids(),
                            first.namePrefix(),
                            first.email(),
                            first.tag(),
                            first.country(),
                            first.updatedSince(),
                            first.sort(),
                            first.descending(),
                            page.next(),
                            LIMIT));
            assertPlanIsNarrow();
        }
    }

    /** What is read is what one of the filters selects; what is read in vain is a small part of the factory. */
    private static void assertPlanIsNarrow() {
        String plan = observed.plans.getLast();
        List<JsonNode> nodes = new ArrayList<>();
        collect(new JsonMapper().readTree(plan).get(0).get("Plan"), nodes);
        double read = 0;
        double inVain = 0;
        for (JsonNode node : nodes) {
            if (node.has("Relation Name")) {
                assertThat(node.get("Node Type").asString()).as(plan).isIn(BY_INDEX);
                double loops = node.get("Actual Loops").asDouble();
                double removed = node.path("Rows Removed by Filter").asDouble() * loops;
                inVain += removed;
                read += removed + node.get("Actual Rows").asDouble() * loops;
            }
            if (node.has("Index Name")) {
                assertThat(node.path("Index Cond").asString()).as(plan).contains("factory_id");
            }
        }
        assertThat(inVain).as(plan).isLessThan(PER_FACTORY / 5.0);
        assertThat(read).as(plan).isLessThan(PER_FACTORY / 2.0);
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.path("Plans").forEach(child -> collect(child, into));
    }
}

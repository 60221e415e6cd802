package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Answer;
import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Request;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Service;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * A catalog whose elements have a text and a number that are searchable. The catalog and its attributes are created by
 * the service; the elements' events are written past it, so that they are there within seconds, and the service rebuilds
 * its read model from them.
 *
 * <p>The elements are numbered; in the order of the catalog, their texts and numbers come in no order.
 *
 * @param elements a multiple of {@link #OF_A_NUMBER}
 */
record GeneratedCatalog(String id, int elements) {

    static final String PATH = "/api/metahubs/main/elements";

    /** Elements that have the same number. */
    static final int OF_A_NUMBER = 50;

    /** Elements whose texts begin alike, but for the last two digits. */
    static final int OF_A_PREFIX = 100;

    /** Have no divisor in common with the number of elements. */
    private static final int STEP_OF_TEXTS = 7919;

    private static final int STEP_OF_NUMBERS = 7907;

    /** @param database one that the service has made its tables in, and that has no elements */
    static GeneratedCatalog fill(Bench bench, Service service, String database, int elements)
            throws IOException, SQLException {
        String catalog = create(bench, service);
        bench.postgres().execute(database, "alter table unlost.event disable trigger keep_log_order");
        bench.postgres().execute(database, events(catalog, elements));
        bench.postgres().execute(database, "alter table unlost.event enable trigger keep_log_order");
        String token = bench.token(Bench.FACTORY, "projections:manage");
        Rebuild.run(service, token, "element", "rebuild");
        Rebuild.requireSound(service, token, "element");
        for (String table : List.of("event", "element", "element_value", "metahub_member")) {
            bench.postgres().execute(database, "vacuum analyze unlost." + table);
        }
        return new GeneratedCatalog(catalog, elements);
    }

    private static String create(Bench bench, Service service) throws IOException {
        String token = bench.token(Bench.FACTORY);
        try (HttpConnection connection = new HttpConnection(service.port())) {
            String catalog = connection
                    .send(Request.post(
                            "/api/metahubs/main/catalogs",
                            token,
                            "{\"codename\":\"things\",\"name\":{\"en\":\"Things\"}}"))
                    .expect(201)
                    .member("id")
                    .orElseThrow();
            for (String attribute : List.of("STRING", "NUMBER")) {
                String codename = attribute.equals("STRING") ? "title" : "price";
                connection
                        .send(Request.post("/api/metahubs/main/attributes", token, """
                                {"catalogId":"%s","codename":"%s","name":{"en":"%s"},"type":"%s","searchable":true}""".formatted(
                                        catalog, codename, codename, attribute)))
                        .expect(201);
            }
            return catalog;
        }
    }

    private static String events(String catalog, int elements) {
        return """
                insert into unlost.event (xid, factory_id, aggregate_type, aggregate_id, sequence_number, event_id,
                  time_stamp, payload_type, payload_revision, payload, metadata)
                select pg_current_xact_id(), '%1$s', 'element', 'main/' || lpad(to_hex(n), 8, '0')
                    || '-0000-7000-8000-000000000000', 0, gen_random_uuid(), %2$s, 'element.created', '1',
                  jsonb_build_object('fields', jsonb_build_object('catalogId', '%3$s', 'order', n,
                    'data.title', 'Thing ' || lpad((n::bigint * %4$d %% %6$d)::text, 7, '0'),
                    'data.price', n::bigint * %5$d %% %6$d / %7$d)),
                  jsonb_build_object('factory', '%1$s', 'actor', 'load', 'request', gen_random_uuid(),
                    'at', to_char(%2$s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'precondition', 'absent')
                from generate_series(0, %6$d - 1) n""".formatted(
                        Bench.FACTORY,
                        "(timestamptz '2026-01-01 00:00:00Z' + n * interval '100 ms')",
                        catalog,
                        STEP_OF_TEXTS,
                        STEP_OF_NUMBERS,
                        elements,
                        OF_A_NUMBER);
    }

    /** @return the address of a page of its elements */
    String page(int limit, String parameters) {
        return PATH + "?catalogId=" + id + "&limit=" + limit + "&" + parameters;
    }

    /** @return where the second half of its elements begins, in that order: what to send as {@code after} */
    String middle(HttpConnection connection, String token, String sort) throws IOException {
        int limit = 100;
        String after = "";
        for (int before = 0; before < elements / 2; before += limit) {
            Answer page = connection
                    .send(Request.get(page(limit, "sort=" + sort + after), token))
                    .expect(200);
            after = "&after=" + page.member("next").orElseThrow();
        }
        return after.substring(1);
    }
}

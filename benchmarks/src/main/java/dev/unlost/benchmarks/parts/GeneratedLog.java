package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Target;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A log of customers that were created and then changed, each as often as the others, and the read model that belongs to
 * it. Written past the service, so that millions of events are there within minutes.
 */
final class GeneratedLog {

    /** Of each customer. */
    static final int VERSIONS = 5;

    private static final int CUSTOMERS_AT_A_TIME = 10_000;

    private GeneratedLog() {}

    /** @param database one that the service has made its tables in */
    static void fill(Postgres postgres, String database, int events) throws SQLException {
        int customers = events / VERSIONS;
        // it looks up an event for each one; here the transactions and the versions go the same way anyway
        postgres.execute(database, "alter table unlost.event disable trigger keep_log_order");
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int first = 0; first < customers; first += CUSTOMERS_AT_A_TIME) {
                int last = Math.min(first + CUSTOMERS_AT_A_TIME, customers) - 1;
                statement.execute(events(first, last));
                statement.execute(rows(first, last));
                statement.execute(tags(first, last));
                connection.commit();
            }
        }
        postgres.execute(database, "alter table unlost.event enable trigger keep_log_order");
        for (String table : List.of("event", "customer", "customer_tag")) {
            postgres.execute(database, "vacuum analyze unlost." + table);
        }
    }

    /** @return of all customers, in the order in which they were created */
    static List<String> paths(int events) {
        return IntStream.range(0, events / VERSIONS)
                .mapToObj(n -> String.format(Locale.ROOT, "%s/%08x-0000-7000-8000-000000000000", Target.PATH, n))
                .toList();
    }

    private static String events(int first, int last) {
        return """
                insert into unlost.event (xid, factory_id, aggregate_type, aggregate_id, sequence_number, event_id,
                  time_stamp, payload_type, payload_revision, payload, metadata)
                select pg_current_xact_id(), '%1$s', 'customer', %2$s, s, gen_random_uuid(), %3$s,
                  case s when 0 then 'customer.created' else 'customer.updated' end, '1',
                  case s when 0 then jsonb_build_object('details', jsonb_build_object(
                      'name', %5$s, 'contactName', 'Maria Anders', 'contactTitle', 'Owner',
                      'email', 'office' || n || '@example.com', 'phone', %4$s,
                      'address', jsonb_build_object('street', '1 Harbour St', 'city', 'Berlin', 'region', 'North',
                        'postalCode', '10115', 'country', 'DE'),
                      'tags', jsonb_build_array('export', 'food'), 'notes', 'Weekdays only.'))
                    else jsonb_build_object('changed', jsonb_build_object('phone', jsonb_build_object(
                      'from', %6$s, 'to', %4$s))) end,
                  jsonb_build_object('factory', '%1$s', 'actor', 'load', 'request', gen_random_uuid(),
                    'at', to_char(%3$s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'precondition', case s when 0 then 'absent' else 'version' end)
                from generate_series(%7$d, %8$d) n cross join generate_series(0, %9$d) s
                order by s, n""".formatted(
                        Bench.FACTORY, id(), at("s"), phone("s"), name(), phone("s - 1"), first, last, VERSIONS - 1);
    }

    private static String rows(int first, int last) {
        return """
                insert into unlost.customer (factory_id, id, version, deleted, created_at, created_by, updated_at,
                  updated_by, name, name_key, contact_name, contact_title, email, email_key, phone, street, city, region,
                  postal_code, country, tags, notes)
                select '%s', %s, %d, false, %s, 'load', %s, 'load', %s, lower(%6$s), 'Maria Anders', 'Owner',
                  'office' || n || '@example.com', 'office' || n || '@example.com', %7$s, '1 Harbour St', 'Berlin', 'North',
                  '10115', 'DE', '{export,food}', 'Weekdays only.'
                from generate_series(%8$d, %9$d) n""".formatted(Bench.FACTORY, id(), VERSIONS, at("0"), at(last()), name(), phone(last()), first, last);
    }

    private static String tags(int first, int last) {
        return """
                insert into unlost.customer_tag (factory_id, customer_id, tag, name_key)
                select '%s', %s, tag, lower(%s)
                from generate_series(%d, %d) n cross join unnest(array['export', 'food']) tag""".formatted(Bench.FACTORY, id(), name(), first, last);
    }

    /** @return the sequence number of the last event of each customer */
    private static String last() {
        return Integer.toString(VERSIONS - 1);
    }

    private static String id() {
        return "lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000'";
    }

    private static String name() {
        return "'Customer ' || lpad(n::text, 7, '0')";
    }

    /** A day lies between two changes of a customer. */
    private static String at(String sequenceNumber) {
        return "(timestamptz '2026-01-01 00:00:00Z' + make_interval(days => %s) + n * interval '100 ms')"
                .formatted(sequenceNumber);
    }

    private static String phone(String sequenceNumber) {
        return "'+49 30 ' || lpad(((n * 7 + %s) %% 10000000)::text, 7, '0')".formatted(sequenceNumber);
    }
}

package dev.unlost.benchmarks.parts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unlost.benchmarks.machine.Postgres;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The read model of customers made from the log as one would by hand if nothing else mattered: the events are copied out in
 * order, folded, copied into a table of their own, and put into their place by one statement.
 */
final class RebuildByHand {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] NO_VALUE = "\\N".getBytes(UTF_8);

    private static final String EVENTS = """
            copy (select factory_id, aggregate_id, sequence_number, payload_type, payload, metadata ->> 'at',
                metadata ->> 'actor'
              from unlost.event where aggregate_type = 'customer'
              order by factory_id, aggregate_id, sequence_number) to stdout""";

    /** Columns of the table by the field that they are filled from. */
    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("name", "name");
        FIELDS.put("contactName", "contact_name");
        FIELDS.put("contactTitle", "contact_title");
        FIELDS.put("email", "email");
        FIELDS.put("phone", "phone");
        FIELDS.put("notes", "notes");
    }

    private static final List<String> ADDRESS = List.of("street", "city", "region", "postalCode", "country");

    private static final String COLUMNS =
            "factory_id, id, version, deleted, created_at, created_by, updated_at, updated_by, "
                    + String.join(", ", FIELDS.values())
                    + ", street, city, region, postal_code, country, tags, name_key, email_key";

    private static final String PUT = "insert into unlost.customer (" + COLUMNS + ") select " + COLUMNS
            + " from made on conflict (factory_id, id) do update set "
            + Arrays.stream(COLUMNS.split(", ", -1))
                    .filter(column -> !column.equals("factory_id") && !column.equals("id"))
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "));

    private static final String PUT_TAGS = """
            insert into unlost.customer_tag (factory_id, customer_id, tag, name_key)
            select factory_id, id, tag, name_key from made cross join unnest(tags) tag where not deleted
            on conflict do nothing""";

    private RebuildByHand() {}

    static void run(Postgres postgres, String database) throws SQLException, IOException {
        try (Connection from = postgres.connect(database);
                Connection to = postgres.connect(database);
                Statement statement = to.createStatement()) {
            to.setAutoCommit(false);
            statement.execute("create temporary table made (like unlost.customer) on commit drop");
            CopyOut events = from.unwrap(PGConnection.class).getCopyAPI().copyOut(EVENTS);
            try (OutputStream rows = new PGCopyOutputStream(
                    to.unwrap(PGConnection.class), "copy made (" + COLUMNS + ") from stdin", 1 << 16)) {
                fold(events, rows);
            }
            statement.execute(PUT);
            statement.execute(PUT_TAGS);
            to.commit();
        }
    }

    private static void fold(CopyOut events, OutputStream rows) throws SQLException, IOException {
        Customer customer = null;
        for (byte[] line = events.readFromCopy(); line != null; line = events.readFromCopy()) {
            String[] columns = new String(line, 0, line.length - 1, UTF_8).split("\t", -1);
            if (customer == null || !customer.is(columns[0], columns[1])) {
                if (customer != null) {
                    customer.writeTo(rows);
                }
                customer = new Customer(columns);
            }
            customer.apply(columns);
        }
        if (customer != null) {
            customer.writeTo(rows);
        }
    }

    /** A customer in the making. Its fields are JSON, by name. */
    private static final class Customer {

        private final String factory;
        private final String id;
        private final String createdAt;
        private final String createdBy;
        private final Map<String, JsonNode> fields = new LinkedHashMap<>();
        private long version;
        private boolean deleted;
        private String updatedAt;
        private String updatedBy;

        Customer(String[] event) {
            this.factory = event[0];
            this.id = event[1];
            this.createdAt = event[5];
            this.createdBy = event[6];
            this.updatedAt = createdAt;
            this.updatedBy = createdBy;
        }

        boolean is(String factory, String id) {
            return this.id.equals(id) && this.factory.equals(factory);
        }

        void apply(String[] event) {
            version = Long.parseLong(event[2]) + 1;
            deleted = event[3].equals("customer.deleted");
            updatedAt = event[5];
            updatedBy = event[6];
            JsonNode payload = JSON.readTree(unescaped(event[4]));
            payload.path("details").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            payload.path("changed")
                    .properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().path("to")));
        }

        void writeTo(OutputStream out) throws IOException {
            List<@Nullable String> values = new ArrayList<>(List.of(
                    factory,
                    id,
                    Long.toString(version),
                    Boolean.toString(deleted),
                    createdAt,
                    createdBy,
                    updatedAt,
                    updatedBy));
            FIELDS.keySet().forEach(field -> values.add(text(fields.get(field))));
            JsonNode address = fields.get("address");
            ADDRESS.forEach(member -> values.add(address == null ? null : text(address.path(member))));
            values.add(tags());
            values.add(key(text(fields.get("name"))));
            values.add(key(text(fields.get("email"))));
            boolean first = true;
            for (String value : values) {
                if (!first) {
                    out.write('\t');
                }
                first = false;
                out.write(value == null ? NO_VALUE : escaped(value).getBytes(UTF_8));
            }
            out.write('\n');
        }

        private String tags() {
            JsonNode tags = fields.get("tags");
            if (tags == null) {
                return "{}";
            }
            return tags.valueStream()
                    .map(tag -> '"' + tag.stringValue().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                    .collect(Collectors.joining(",", "{", "}"));
        }

        private static @Nullable String text(@Nullable JsonNode value) {
            return value == null || !value.isString() ? null : value.stringValue();
        }

        private static @Nullable String key(@Nullable String text) {
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        }
    }

    /** COPY's text format marks backslashes, tabs and the ends of lines with a backslash. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** JSON has neither tabs nor ends of lines in it, only backslashes. */
    private static String unescaped(String json) {
        return json.indexOf('\\') < 0 ? json : json.replace("\\\\", "\\");
    }
}

package dev.unlost.app.support;

import dev.unlost.app.support.Caller.Reply;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A kind of record that is promised the same as every other: where it is, and how it is written. */
public enum RecordKind {
    CUSTOMER("phone", "notes"),
    HUB("name", "description"),
    CATALOG("name", "description"),
    ATTRIBUTE("name", "description"),
    ELEMENT("data.phone", "data.notes");

    private final String first;
    private final String second;

    RecordKind(String first, String second) {
        this.first = first;
        this.second = second;
    }

    /** What the service calls this kind, in conflicts, in the feed and in the log. */
    public String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path of all records, as the API's description has it. */
    public String template() {
        return (this == CUSTOMER ? "/api/" : "/api/metahubs/{metahubId}/") + type() + "s";
    }

    /** The path of all records that the tests work with. */
    public String path() {
        return template().replace("{metahubId}", "main");
    }

    public String path(String id) {
        return path() + "/" + id;
    }

    /** The id of the record at a path. */
    public static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What the log and the read model call the record at a path. */
    public String storedId(String path) {
        return (this == CUSTOMER ? "" : "main/") + id(path);
    }

    /**
     * Appends the next version of the record at a path, in a transaction that is yet to be decided: whoever appends it too has
     * to wait.
     */
    public void appendWithoutCommitting(Connection admin, String factory, String path) throws SQLException {
        try (PreparedStatement insert = admin.prepareStatement("""
                insert into unlost.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp,
                  payload_type, payload_revision, payload, metadata)
                select factory_id, aggregate_type, aggregate_id, sequence_number + 1, gen_random_uuid(), now(),
                  payload_type, payload_revision, payload, metadata
                from unlost.event where factory_id = ? and aggregate_id = ? order by sequence_number desc limit 1""")) {
            insert.setString(1, factory);
            insert.setString(2, storedId(path));
            if (insert.executeUpdate() != 1) {
                throw new IllegalStateException("no record at " + path);
            }
        }
    }

    /** The tables of the read model that hold this kind; the first has a row for each record. */
    public List<String> tables() {
        return switch (this) {
            case CUSTOMER -> List.of("customer", "customer_tag");
            case HUB -> List.of("hub");
            case CATALOG -> List.of("catalog", "catalog_hub");
            case ATTRIBUTE -> List.of("attribute");
            case ELEMENT -> List.of("element", "element_value");
        };
    }

    /** Whether a change must say which version was edited, as long as nobody configures it otherwise. */
    public boolean requiresVersion() {
        return this == CUSTOMER;
    }

    /** The field that {@link Records#first} writes, as conflicts name it. */
    public String firstField() {
        return first;
    }

    /** The field that {@link Records#second} writes. */
    public String secondField() {
        return second;
    }

    /** What this kind calls a member that all records have, such as {@code updatedBy}. */
    public String member(String name) {
        return this == CUSTOMER ? name : "_upl" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    public String versionMember() {
        return member("version");
    }

    public String updatedAtMember() {
        return member("updatedAt");
    }

    /** @return the value of a field that the tests write; empty where it has none */
    public String text(JsonNode record, String field) {
        return text(this == ELEMENT ? record.path("data").path(field.substring("data.".length())) : record.path(field));
    }

    /** @return the text of such a field's value, as records, conflicts and histories have it; empty for none */
    public String text(JsonNode value) {
        return switch (this) {
            case CUSTOMER, ELEMENT -> value.asString("");
            case HUB, CATALOG, ATTRIBUTE -> value.path("en").asString("");
        };
    }

    /** Makes what records of this kind cannot be without in the caller's factory. */
    public Records in(Caller caller) {
        if (this != ATTRIBUTE && this != ELEMENT) {
            return new Records(this, "");
        }
        String catalogId = id(CATALOG.in(caller).created(caller, "Things"));
        if (this == ELEMENT) {
            for (String codename : List.of("phone", "notes")) {
                Reply attribute = caller.post(
                        ATTRIBUTE.path(),
                        "{\"catalogId\":\"" + catalogId + "\",\"codename\":\"" + codename
                                + "\",\"name\":{\"en\":\"A\"},\"type\":\"STRING\",\"searchable\":true}");
                if (attribute.status() != 201) {
                    throw new IllegalStateException("not created: " + attribute);
                }
            }
        }
        return new Records(this, catalogId);
    }

    /**
     * Records of one kind in one factory.
     *
     * @param catalogId that they live in; empty where they live in none
     */
    public record Records(RecordKind kind, String catalogId) {

        /** A whole record, as creation and replacement take it; unlike any other by what it is found by. */
        public String whole(String first) {
            return switch (kind) {
                case CUSTOMER -> "{\"name\":\"Acme\",\"phone\":\"" + first + "\"}";
                case HUB, CATALOG, ATTRIBUTE -> whole(first, newHandle());
                case ELEMENT -> "{\"data\":{\"phone\":\"" + first + "\"},\"catalogId\":\"" + catalogId + "\"}";
            };
        }

        /** @param handle that the record is {@linkplain #foundBy found by} */
        public String whole(String first, String handle) {
            String codename = "{\"codename\":\"" + handle + "\",";
            return switch (kind) {
                case CUSTOMER -> "{\"name\":\"Acme\",\"phone\":\"" + first + "\",\"tags\":[\"" + handle + "\"]}";
                case HUB, CATALOG -> codename + "\"name\":{\"en\":\"" + first + "\"}}";
                case ATTRIBUTE ->
                    codename + "\"name\":{\"en\":\"" + first + "\"},\"type\":\"STRING\",\"catalogId\":\"" + catalogId
                            + "\"}";
                case ELEMENT ->
                    codename + "\"data\":{\"phone\":\"" + first + "\"},\"catalogId\":\"" + catalogId + "\"}";
            };
        }

        /** @return the object with these members before its own */
        public static String with(String members, String json) {
            return "{" + members + "," + json.substring(1);
        }

        /** A handle that no record has. */
        public static String newHandle() {
            return "c" + UUID.randomUUID().toString().replace("-", "");
        }

        /** The member of a record that holds its handle. */
        public String handleField() {
            return kind == CUSTOMER ? "tags" : "codename";
        }

        /** A patch of what the record is found by. */
        public String handle(String handle) {
            return kind == CUSTOMER ? "{\"tags\":[\"" + handle + "\"]}" : "{\"codename\":\"" + handle + "\"}";
        }

        /** @return the ids of the records that the list tells for that handle */
        public List<String> foundBy(Caller caller, String handle) {
            return ids(caller, (kind == CUSTOMER ? "tag=" : "codename=") + handle);
        }

        /** @return the ids of the first page of a list */
        public List<String> ids(Caller caller, String query) {
            return caller.get(list(query))
                    .json()
                    .path("items")
                    .valueStream()
                    .map(item -> item.path("id").stringValue())
                    .toList();
        }

        /** A patch of one field. */
        public String first(String value) {
            return "{" + patch(kind.first, value) + "}";
        }

        /** A patch of another field. */
        public String second(String value) {
            return "{" + patch(kind.second, value) + "}";
        }

        /** A patch of both fields. */
        public String both(String first, String second) {
            return kind == ELEMENT
                    ? "{\"data\":{\"phone\":\"" + first + "\",\"notes\":\"" + second + "\"}}"
                    : "{" + patch(kind.first, first) + "," + patch(kind.second, second) + "}";
        }

        private String patch(String field, String value) {
            return switch (kind) {
                case CUSTOMER -> "\"" + field + "\":\"" + value + "\"";
                case HUB, CATALOG, ATTRIBUTE -> "\"" + field + "\":{\"en\":\"" + value + "\"}";
                case ELEMENT -> "\"data\":{\"" + field.substring("data.".length()) + "\":\"" + value + "\"}";
            };
        }

        /** Patches of a field each, of as many as there are. */
        public List<String> patchesOfDifferentFields() {
            List<String> own =
                    switch (kind) {
                        case CUSTOMER ->
                            List.of(
                                    "{\"email\":\"c@example.com\"}",
                                    "{\"contactName\":\"c\"}",
                                    "{\"contactTitle\":\"t\"}",
                                    "{\"address\":{\"city\":\"Bonn\"}}",
                                    "{\"name\":\"Other\"}");
                        case HUB -> List.of();
                        case CATALOG -> List.of("{\"order\":7}", "{\"config\":{\"a\":1}}");
                        case ATTRIBUTE ->
                            List.of(
                                    "{\"order\":7}",
                                    "{\"required\":true}",
                                    "{\"searchable\":true}",
                                    "{\"constraints\":{\"maxLength\":9}}");
                        case ELEMENT ->
                            List.of("{\"order\":7}", "{\"name\":{\"en\":\"x\"}}", "{\"description\":{\"en\":\"x\"}}");
                    };
            return Stream.concat(Stream.of(first("+9"), second("n"), handle(newHandle())), own.stream())
                    .toList();
        }

        public String first(JsonNode record) {
            return kind.text(record, kind.first);
        }

        public String second(JsonNode record) {
            return kind.text(record, kind.second);
        }

        /** Creates a record and gives its path. */
        public String created(Caller caller, String first) {
            return postedBy(caller, whole(first));
        }

        /** Creates a record with that JSON and gives its path. */
        public String postedBy(Caller caller, String json) {
            Reply reply = caller.post(kind.path(), json);
            if (reply.status() != 201) {
                throw new IllegalStateException("not created: " + reply);
            }
            return reply.header("Location").orElseThrow();
        }

        /** The path of a list, with what every list of the kind must have. */
        public String list(String query) {
            String all = catalogId.isEmpty() ? query : "catalogId=" + catalogId + (query.isEmpty() ? "" : "&" + query);
            return kind.path() + (all.isEmpty() ? "" : "?" + all);
        }
    }
}

package dev.unlost.app.support;

import dev.unlost.app.support.Caller.Reply;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A kind of record that is promised the same as every other: where it is, and how it is written. */
public enum RecordKind {
    CUSTOMER("customers", "phone", "notes", "version", "updatedAt"),
    HUB("hubs", "name", "description", "_uplVersion", "_uplUpdatedAt"),
    CATALOG("catalogs", "name", "description", "_uplVersion", "_uplUpdatedAt"),
    ATTRIBUTE("attributes", "name", "description", "_uplVersion", "_uplUpdatedAt"),
    ELEMENT("elements", "data.phone", "data.notes", "_uplVersion", "_uplUpdatedAt");

    private final String plural;
    private final String first;
    private final String second;
    private final String version;
    private final String updatedAt;

    RecordKind(String plural, String first, String second, String version, String updatedAt) {
        this.plural = plural;
        this.first = first;
        this.second = second;
        this.version = version;
        this.updatedAt = updatedAt;
    }

    /** The path of all records, as the API's description has it. */
    public String template() {
        return this == CUSTOMER ? "/api/customers" : "/api/metahubs/{metahubId}/" + plural;
    }

    /** The path of all records that the tests work with. */
    public String path() {
        return template().replace("{metahubId}", "main");
    }

    /** The field that {@link Records#first} writes, as conflicts name it. */
    public String firstField() {
        return first;
    }

    /** The field that {@link Records#second} writes. */
    public String secondField() {
        return second;
    }

    public String versionMember() {
        return version;
    }

    public String updatedAtMember() {
        return updatedAt;
    }

    /** @return the value of a field that the tests write; empty where it has none */
    public String text(JsonNode record, String field) {
        return switch (this) {
            case CUSTOMER -> record.path(field).asString("");
            case HUB, CATALOG, ATTRIBUTE -> record.path(field).path("en").asString("");
            case ELEMENT ->
                record.path("data").path(field.substring("data.".length())).asString("");
        };
    }

    /** Makes what records of this kind cannot be without in the caller's factory. */
    public Records in(Caller caller) {
        if (this != ATTRIBUTE && this != ELEMENT) {
            return new Records(this, "");
        }
        String catalog = CATALOG.in(caller).created(caller, "Things");
        String catalogId = catalog.substring(catalog.lastIndexOf('/') + 1);
        if (this == ELEMENT) {
            for (String codename : new String[] {"phone", "notes"}) {
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

        /** A whole record, as creation and replacement take it; unlike any other by its codename. */
        public String whole(String first) {
            return whole(first, "c" + UUID.randomUUID().toString().replace("-", ""));
        }

        public String whole(String first, String codename) {
            return switch (kind) {
                case CUSTOMER -> "{\"name\":\"Acme\",\"phone\":\"" + first + "\"}";
                case HUB, CATALOG -> "{\"codename\":\"" + codename + "\",\"name\":{\"en\":\"" + first + "\"}}";
                case ATTRIBUTE ->
                    "{\"codename\":\"" + codename + "\",\"name\":{\"en\":\"" + first
                            + "\"},\"type\":\"STRING\",\"catalogId\":\"" + catalogId + "\"}";
                case ELEMENT -> "{\"data\":{\"phone\":\"" + first + "\"},\"catalogId\":\"" + catalogId + "\"}";
            };
        }

        /** A patch of one field. */
        public String first(String value) {
            return patch(kind.first, value);
        }

        /** A patch of another field. */
        public String second(String value) {
            return patch(kind.second, value);
        }

        private String patch(String field, String value) {
            return switch (kind) {
                case CUSTOMER -> "{\"" + field + "\":\"" + value + "\"}";
                case HUB, CATALOG, ATTRIBUTE -> "{\"" + field + "\":{\"en\":\"" + value + "\"}}";
                case ELEMENT -> "{\"data\":{\"" + field.substring("data.".length()) + "\":\"" + value + "\"}}";
            };
        }

        public String first(JsonNode record) {
            return kind.text(record, kind.first);
        }

        public String second(JsonNode record) {
            return kind.text(record, kind.second);
        }

        /** Creates a record and gives its path. */
        public String created(Caller caller, String first) {
            Reply reply = caller.post(kind.path(), whole(first));
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

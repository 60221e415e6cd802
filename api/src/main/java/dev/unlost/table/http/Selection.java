package dev.unlost.table.http;

import dev.unlost.http.ProblemType;
import dev.unlost.table.http.Scanner.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What is shown of a row: columns and what is within them, under their names or others. */
final class Selection {

    private static final int MOST = 100;

    private final List<Item> items;

    /** What is shown, from where in the API's record. */
    private record Item(String name, String member, List<String> keys, boolean asText) {}

    private Selection(List<Item> items) {
        this.items = items;
    }

    static Selection all(Table table) {
        return new Selection(table.columns().stream()
                .map(column -> new Item(column.name(), column.member(), List.of(), false))
                .toList());
    }

    /**
     * <pre>
     * select = [item *("," item)]
     * item   = "*" / [name ":"] column-path
     * </pre>
     */
    static Selection parse(Table table, String text) {
        List<Item> items = new ArrayList<>();
        Scanner scanner = new Scanner("select", text);
        if (!scanner.atEnd()) {
            do {
                item(table, scanner, items);
            } while (scanner.take(","));
            scanner.expectEnd();
        }
        Set<String> names = new HashSet<>();
        for (Item item : items) {
            if (!names.add(item.name())) {
                throw Refusals.unsupported("Selecting two values under one name, " + item.name() + ",");
            }
        }
        if (items.size() > MOST) {
            throw scanner.malformed("more than " + MOST + " items");
        }
        return new Selection(List.copyOf(items));
    }

    private static void item(Table table, Scanner scanner, List<Item> items) {
        if (scanner.take("*")) {
            items.addAll(all(table).items);
            return;
        }
        if (scanner.sees("...")) {
            throw Refusals.unsupported("Spreading an embedded table (" + scanner.rest() + ")");
        }
        if (scanner.sees("count()")) {
            throw aggregate("count()");
        }
        Path path = scanner.path();
        String name = path.defaultName();
        if (scanner.sees(":") && !scanner.sees("::")) {
            scanner.expect(":");
            if (!path.keys().isEmpty()) {
                throw scanner.malformed("a name has no path");
            }
            name = path.column();
            if (scanner.sees("count()")) {
                throw aggregate("count()");
            }
            path = scanner.path();
        }
        if (scanner.sees("::")) {
            throw Refusals.unsupported("A cast (" + path + scanner.rest() + ")");
        }
        if (scanner.sees("(") || scanner.sees("!")) {
            throw Refusals.refused(
                    ProblemType.MALFORMED_QUERY,
                    "PGRST200",
                    "Could not find a relationship between '" + table.name() + "' and '" + path.column()
                            + "': embedding is not supported here.");
        }
        if (scanner.sees(".")) {
            throw aggregate(path + scanner.rest());
        }
        Column column = table.column(path.column());
        if (!path.keys().isEmpty() && column.kind() != Column.Kind.JSON && column.kind() != Column.Kind.SET) {
            throw Refusals.unsupported("A path within " + column.name() + ", which is no JSON,");
        }
        items.add(new Item(name, column.member(), path.keys(), path.asText()));
    }

    private static RuntimeException aggregate(String what) {
        return Refusals.refused(
                ProblemType.MALFORMED_QUERY,
                "PGRST123",
                "Use of aggregate functions is not allowed: " + what + " is not supported here.");
    }

    /**
     * @param record as the API shows it
     * @param withoutNulls whether values that are missing are left out
     */
    ObjectNode of(ObjectNode record, boolean withoutNulls) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (Item item : items) {
            JsonNode value = value(record, item);
            if (!withoutNulls || !value.isNull()) {
                row.set(item.name(), value);
            }
        }
        return row;
    }

    private static JsonNode value(ObjectNode record, Item item) {
        JsonNode value = record.path(item.member());
        for (String key : item.keys()) {
            value = value.isArray() && key.matches("[0-9]{1,9}") ? value.path(Integer.parseInt(key)) : value.path(key);
        }
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.nullNode();
        }
        return item.asText() && !value.isString()
                ? StringNode.valueOf(value.isValueNode() ? value.asString() : value.toString())
                : value;
    }
}

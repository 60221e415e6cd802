package dev.unlost.table.http;

import dev.unlost.http.Times;
import dev.unlost.table.Condition;
import dev.unlost.table.Condition.Comparison;
import dev.unlost.table.Operand;
import dev.unlost.table.http.Column.Kind;
import dev.unlost.table.http.Scanner.Path;
import dev.unlost.versioning.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads filters, by recursive descent:
 *
 * <pre>
 * filter    = column-path "=" ["not."] operator "." value
 * logic     = ["not."] ("and" | "or") "=" group
 * group     = "(" [member *("," member)] ")"
 * member    = ["not."] ("and" | "or") group / column-path "." ["not."] operator "." value
 * </pre>
 *
 * A value at the end of a parameter is all that is left; within a group it ends at a comma or bracket, unless it is in
 * quotes.
 */
final class Conditions {

    private static final int DEEPEST = 10;
    private static final int MOST = 100;

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "eq", Comparison.EQUAL,
            "neq", Comparison.NOT_EQUAL,
            "gt", Comparison.GREATER,
            "gte", Comparison.GREATER_OR_EQUAL,
            "lt", Comparison.LESS,
            "lte", Comparison.LESS_OR_EQUAL);

    /** Operators of PostgREST's that are none here. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "match",
            "imatch",
            "isdistinct",
            "fts",
            "plfts",
            "phfts",
            "wfts",
            "cd",
            "ov",
            "sl",
            "sr",
            "nxr",
            "nxl",
            "adj");

    private final Table table;
    private int read;

    Conditions(Table table) {
        this.table = table;
    }

    /** @param name {@code and} or {@code or}, or either behind {@code not.} */
    Condition logic(String name, String value) {
        Scanner scanner = new Scanner(name, value);
        boolean negated = name.startsWith("not.");
        Condition group = group(negated ? name.substring("not.".length()) : name, scanner, 1);
        scanner.expectEnd();
        return negated ? new Condition.Not(group) : group;
    }

    Condition filter(String name, String value) {
        Scanner left = new Scanner("a filter", name);
        Path path = left.path();
        left.expectEnd();
        return comparison(path, new Scanner(name, value), false);
    }

    private Condition group(String kind, Scanner scanner, int depth) {
        if (depth > DEEPEST) {
            throw scanner.malformed("nested more than " + DEEPEST + " deep");
        }
        scanner.expect("(");
        List<Condition> members = new ArrayList<>();
        do {
            members.add(member(scanner, depth));
        } while (scanner.take(","));
        scanner.expect(")");
        return kind.equals("and") ? new Condition.All(members) : new Condition.Any(members);
    }

    private Condition member(Scanner scanner, int depth) {
        boolean negated = scanner.take("not.");
        for (String kind : List.of("and", "or")) {
            if (scanner.sees(kind + "(")) {
                scanner.expect(kind);
                Condition group = group(kind, scanner, depth + 1);
                return negated ? new Condition.Not(group) : group;
            }
        }
        if (negated) {
            throw scanner.malformed("expected and( or or(");
        }
        Path path = scanner.path();
        scanner.expect(".");
        return comparison(path, scanner, true);
    }

    private Condition comparison(Path path, Scanner scanner, boolean inGroup) {
        if (++read > MOST) {
            throw scanner.malformed("more than " + MOST + " conditions");
        }
        Column column = table.column(path.column());
        if (column.name().equals(Table.METAHUB_ID)) {
            throw Refusals.unsupported("A filter on metahub_id other than metahub_id=eq.<id>, by itself,");
        }
        boolean negated = scanner.take("not.");
        String operator = scanner.name();
        if (scanner.peek() == '(') {
            throw Refusals.unsupported("The operator " + operator + "(…)");
        }
        if (UNSUPPORTED.contains(operator)) {
            throw Refusals.unsupported("The operator " + operator);
        }
        scanner.expect(".");
        Condition condition = condition(column, path, operator, scanner, inGroup);
        if (!inGroup) {
            scanner.expectEnd();
        }
        return negated ? new Condition.Not(condition) : condition;
    }

    private static Condition condition(Column column, Path path, String operator, Scanner scanner, boolean inGroup) {
        Comparison comparison = COMPARISONS.get(operator);
        if (comparison != null) {
            Operand operand = operand(column, path);
            return new Condition.Compare(operand, comparison, value(column, path, text(scanner, inGroup)));
        }
        return switch (operator) {
            case "in" -> {
                Operand operand = operand(column, path);
                yield new Condition.In(
                        operand,
                        scanner.list("(", ")").stream()
                                .map(item -> value(column, path, item))
                                .toList());
            }
            case "like", "ilike" -> {
                if (column.kind() != Kind.TEXT && path.keys().isEmpty()) {
                    throw Refusals.unsupported("The operator " + operator + " on " + path);
                }
                Operand operand = operand(column, path);
                yield new Condition.Like(operand, pattern(text(scanner, inGroup), scanner), operator.equals("ilike"));
            }
            case "is" -> is(column, path, text(scanner, inGroup), scanner);
            case "cs" -> {
                if (column.kind() != Kind.SET || !path.keys().isEmpty()) {
                    throw Refusals.unsupported("The operator cs on " + path);
                }
                yield new Condition.Contains(column.name(), scanner.list("{", "}"));
            }
            default -> throw scanner.malformed("unknown operator " + operator);
        };
    }

    private static Condition is(Column column, Path path, String state, Scanner scanner) {
        boolean whole = path.keys().isEmpty();
        Operand operand = whole ? column.operand() : operand(column, path);
        boolean flag = column.kind() == Kind.FLAG && whole;
        return switch (state) {
            case "null" -> new Condition.Is(operand, Condition.State.NULL);
            case "not_null" -> new Condition.Not(new Condition.Is(operand, Condition.State.NULL));
            case "true", "false", "unknown" -> {
                if (!flag) {
                    throw Refusals.unsupported("is." + state + " on " + path);
                }
                yield new Condition.Is(
                        operand,
                        switch (state) {
                            case "true" -> Condition.State.TRUE;
                            case "false" -> Condition.State.FALSE;
                            default -> Condition.State.NULL;
                        });
            }
            default -> throw scanner.malformed("expected null, not_null, true, false or unknown");
        };
    }

    private static String text(Scanner scanner, boolean inGroup) {
        return inGroup ? scanner.until(",)") : scanner.rest();
    }

    /** @throws dev.unlost.http.ProblemException 400 if it cannot be compared or ordered by */
    static Operand operand(Column column, Path path) {
        if (path.keys().isEmpty()) {
            return switch (column.kind()) {
                case TEXT, ID, NUMBER, TIME, FLAG -> column.operand();
                case JSON ->
                    throw Refusals.unsupported(
                            "Comparing the JSON of " + column.name() + " (name a member: " + column.name() + "->>…)");
                case SET -> throw Refusals.unsupported("Comparing the list " + column.name() + " (ask with cs)");
            };
        }
        if (column.kind() != Kind.JSON) {
            throw Refusals.unsupported("A path within " + column.name() + ", which is no JSON,");
        }
        if (!path.asText()) {
            throw Refusals.unsupported("Comparing JSON, as " + path + " asks for, instead of text (->>)");
        }
        return new Operand(column.name(), path.keys());
    }

    private static Object value(Column column, Path path, String text) {
        if (!path.keys().isEmpty()) {
            return text;
        }
        return switch (column.kind()) {
            case TEXT -> text;
            case ID -> text.toLowerCase(Locale.ROOT);
            case NUMBER -> number(text);
            case TIME ->
                Times.parse(text)
                        .filter(Timestamps::isFourDigitYear)
                        .orElseThrow(() -> Refusals.wrongType("timestamp with time zone", text));
            case FLAG ->
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Refusals.wrongType("boolean", text);
                };
            case SET, JSON -> throw new IllegalStateException("refused before");
        };
    }

    static long number(String text) {
        try {
            if (text.matches("-?[0-9]{1,19}")) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            // beyond what a bigint holds
            throw Refusals.wrongType("bigint", text);
        }
        throw Refusals.wrongType("bigint", text);
    }

    /** @return with PostgREST's other sign for any text replaced, which spares encoding */
    private static String pattern(String text, Scanner scanner) {
        String pattern = text.replace('*', '%');
        boolean escaping = false;
        for (int i = 0; i < pattern.length(); i++) {
            escaping = !escaping && pattern.charAt(i) == '\\';
        }
        if (escaping) {
            throw scanner.malformed("the pattern must not end with a single backslash");
        }
        return pattern;
    }
}

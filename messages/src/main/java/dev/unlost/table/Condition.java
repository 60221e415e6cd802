package dev.unlost.table;

import java.time.Instant;
import java.util.List;

/**
 * What must hold of a row. A value that is missing is neither equal to another nor different from it, less or greater:
 * the row is left out whichever of these is asked, and whether or not it is negated.
 */
public sealed interface Condition {

    /** How a value is compared. */
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LESS,
        LESS_OR_EQUAL
    }

    /** What a value can be besides itself. */
    enum State {
        NULL,
        TRUE,
        FALSE
    }

    /** All of them hold; so they do where there are none. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one of them holds. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    record Not(Condition condition) implements Condition {}

    /** @param value a {@link String}, {@link Long}, {@link Instant} or {@link Boolean}, as the column has them */
    record Compare(Operand operand, Comparison comparison, Object value) implements Condition {
        public Compare {
            checkType(value);
        }
    }

    /** The value is one of those. */
    record In(Operand operand, List<?> values) implements Condition {
        public In {
            values = List.copyOf(values);
            values.forEach(Condition::checkType);
        }
    }

    /**
     * The text is like the pattern.
     *
     * @param pattern {@code %} is any text and {@code _} any character, unless a backslash is before it; it does not end
     *     with a backslash of its own
     */
    record Like(Operand operand, String pattern, boolean ignoringCase) implements Condition {}

    record Is(Operand operand, State state) implements Condition {}

    /** The column's set has all of those. */
    record Contains(String column, List<String> members) implements Condition {
        public Contains {
            members = List.copyOf(members);
        }
    }

    private static void checkType(Object value) {
        boolean known = value instanceof String
                || value instanceof Long
                || value instanceof Instant
                || value instanceof Boolean;
        if (!known) {
            throw new IllegalArgumentException("no value of a column: " + value.getClass());
        }
    }
}

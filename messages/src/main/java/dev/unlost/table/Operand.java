package dev.unlost.table;

import java.util.List;

/**
 * What a row is asked about: the value of a column, or text within it.
 *
 * @param column one of the table's
 * @param path the members to go down, each an object's, to a value that is taken as text; empty for the column itself
 */
public record Operand(String column, List<String> path) {

    public Operand {
        path = List.copyOf(path);
    }

    public Operand(String column) {
        this(column, List.of());
    }
}

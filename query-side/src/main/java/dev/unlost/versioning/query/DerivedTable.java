package dev.unlost.versioning.query;

import java.util.List;
import java.util.Set;

/**
 * A table whose rows follow from those of a record table, e.g. one row for each tag, so that an index can find them.
 *
 * @param name qualified by its schema
 * @param owner the column with the record's id, beside {@code factory_id}
 * @param columns the others, which with those two are the whole row
 * @param fields which fields of the record it follows from, a name that ends with a dot for all that begin with it; it also follows from whether the record is deleted
 * @param source a query on the record table that answers with exactly the rows due, columns named as here
 */
public record DerivedTable(String name, String owner, List<String> columns, Set<String> fields, String source) {

    public DerivedTable {
        columns = List.copyOf(columns);
        fields = Set.copyOf(fields);
    }

    /** Whether rows may change with those fields. */
    boolean follows(Set<String> changed) {
        return changed.stream()
                .anyMatch(
                        field -> fields.contains(field) || fields.contains(field.substring(0, field.indexOf('.') + 1)));
    }

    /** Takes factory and id. */
    String clear() {
        return "delete from " + name + " where factory_id = ? and " + owner + " = ?";
    }

    /** Takes factory and id. A row that is there already may be that of a writer of the same moment. */
    String fill() {
        return "insert into " + name + " (" + row() + ") select " + row() + " from (" + source
                + ") due where factory_id = ? and " + owner + " = ? on conflict do nothing";
    }

    /**
     * Finds the records whose rows here are not those due.
     *
     * @param range a condition on {@code factory_id} and {@code %s}; its parameters are taken four times
     */
    String mismatches(String range) {
        String in = " where " + range.formatted(owner);
        String due = "select " + row() + " from (" + source + ") due" + in;
        String there = "select " + row() + " from " + name + in;
        return "select distinct factory_id, " + owner + " from ((" + due + " except all " + there + ") union all ("
                + there + " except all " + due + ")) mismatch";
    }

    private String row() {
        return "factory_id, " + owner + ", " + String.join(", ", columns);
    }
}

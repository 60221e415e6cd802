package dev.unlost.versioning.query;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows follow from those of a record table, e.g. one row for each tag, so that an index can find them.
 *
 * @param name qualified by its schema
 * @param part which of its rows are meant; null for all
 * @param owner the column with the record's id, beside {@code factory_id}
 * @param columns the others, which with those two are the whole row
 * @param fields which fields of the record it follows from, a name that ends with a dot for all that begin with it; it
 *     also follows from whether the record is deleted. Empty where somebody else writes it with the events
 * @param source a query on the record table that answers with exactly the rows due, columns named as here
 * @param joined whether the source reads rows of other records too
 */
public record DerivedTable(
        String name,
        @Nullable Part part,
        String owner,
        List<String> columns,
        Set<String> fields,
        String source,
        boolean joined) {

    private static final String RECORDS = "unnest(?::text[], ?::text[]) as record (record_factory, record_id)";

    /** The rows of a table that follow from records of one type, and have its name in a column. */
    public record Part(String column, String type) {}

    public DerivedTable {
        columns = List.copyOf(columns);
        fields = Set.copyOf(fields);
    }

    public DerivedTable(String name, String owner, List<String> columns, Set<String> fields, String source) {
        this(name, null, owner, columns, fields, source, false);
    }

    /** @return a table that others write, in the transaction of the events; here it is verified and rebuilt */
    public static DerivedTable writtenByOthers(
            String name, Part part, String owner, List<String> columns, String source) {
        return new DerivedTable(name, part, owner, columns, Set.of(), source, false);
    }

    /** @return the same, with a source that reads rows of other records too */
    public DerivedTable joiningOthers() {
        return new DerivedTable(name, part, owner, columns, fields, source, true);
    }

    /** Whether rows may change with those fields. */
    boolean follows(Set<String> changed) {
        return changed.stream()
                .anyMatch(
                        field -> fields.contains(field) || fields.contains(field.substring(0, field.indexOf('.') + 1)));
    }

    /** Whether rows come and go with the record. */
    boolean followsLifeAndDeath() {
        return !fields.isEmpty();
    }

    /** Takes factory and id. */
    String clear() {
        return "delete from " + name + " where factory_id = ?" + ofPart() + " and " + owner + " = ?";
    }

    private String ofPart() {
        return part == null ? "" : " and " + part.column() + " = '" + part.type() + "'";
    }

    /** Takes factory and id. A row that is there already may be that of a writer of the same moment. */
    String fill() {
        return "insert into " + name + " (" + row() + ") select " + row() + " from (" + source
                + ") due where factory_id = ? and " + owner + " = ? on conflict do nothing";
    }

    /** The same for many records: takes an array of factories, and one of ids. */
    String clearAll() {
        return "delete from " + name + " using " + RECORDS + " where factory_id = record_factory" + ofPart() + " and "
                + owner + " = record_id";
    }

    /** The same for many records: takes an array of factories, and one of ids. */
    String fillAll() {
        // offset 0: record by record, along the index, however the planner guesses
        return "insert into " + name + " (" + row() + ") select due.* from " + RECORDS + " cross join lateral (select "
                + row() + " from (" + source + ") source where factory_id = record_factory and " + owner
                + " = record_id offset 0) due on conflict do nothing";
    }

    /**
     * Finds the records whose rows here are not those due, after one place.
     *
     * @param bounded whether up to another place only. Factory and id of the places are taken four times
     */
    String mismatches(boolean bounded) {
        String due = "select " + row() + " from (" + source + ") due where "
                + range("factory_id, " + owner, "?, ?", bounded);
        // in the terms of its index, of which the part's column is one
        String there = "select " + row() + " from " + name + " where "
                + (part == null
                        ? range("factory_id, " + owner, "?, ?", bounded)
                        : part.column() + " = '" + part.type() + "' and "
                                + range(
                                        "factory_id, " + part.column() + ", " + owner,
                                        "?, '" + part.type() + "', ?",
                                        bounded));
        return "select distinct factory_id, " + owner + " from ((" + due + " except all " + there + ") union all ("
                + there + " except all " + due + ")) mismatch";
    }

    private static String range(String columns, String place, boolean bounded) {
        String after = "(" + columns + ") > (" + place + ")";
        return bounded ? after + " and (" + columns + ") <= (" + place + ")" : after;
    }

    private String row() {
        return "factory_id, " + owner + ", " + String.join(", ", columns);
    }
}

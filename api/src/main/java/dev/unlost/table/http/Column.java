package dev.unlost.table.http;

import dev.unlost.table.Operand;

/**
 * A column of a table.
 *
 * @param name snake case
 * @param kind what its values are
 * @param member the member of the API's records that it shows
 */
public record Column(String name, Kind kind, String member) {

    /** What values are. */
    public enum Kind {
        TEXT,
        /** A UUID: a text of one spelling, whatever the case in which it is asked for. */
        ID,
        NUMBER,
        TIME,
        FLAG,
        /** A list of texts, each once. */
        SET,
        /** An object. */
        JSON
    }

    public Column(String name, Kind kind) {
        this(name, kind, name);
    }

    Operand operand() {
        return new Operand(name);
    }
}

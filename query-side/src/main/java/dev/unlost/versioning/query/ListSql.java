package dev.unlost.versioning.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Puts a statement together, piece by piece. */
public final class ListSql {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /**
     * @param piece written here, never by those who ask
     * @param itsValues of its place holders, in order
     * @return this
     */
    public ListSql add(String piece, Object... itsValues) {
        sql.append(piece);
        Collections.addAll(values, itsValues);
        return this;
    }

    /**
     * Adds that a column has one of the values; nothing where there are none.
     *
     * @param column written here, never by those who ask
     * @return this
     */
    public ListSql oneOf(String column, List<String> itsValues) {
        // one parameter, as each number of them would be another statement to prepare
        return itsValues.isEmpty()
                ? this
                : add(" and " + column + " = any(?)", (Object) itsValues.toArray(String[]::new));
    }

    public Fragment whole() {
        return new Fragment(sql.toString(), values);
    }
}

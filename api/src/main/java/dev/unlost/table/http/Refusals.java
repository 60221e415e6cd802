package dev.unlost.table.http;

import dev.unlost.http.Problem;
import dev.unlost.http.ProblemException;
import dev.unlost.http.ProblemType;
import tools.jackson.databind.node.StringNode;

/** Why a request is refused, under the codes that PostgREST and PostgreSQL have for it. */
final class Refusals {

    private Refusals() {}

    /** What cannot be read. */
    static ProblemException malformed(String message) {
        return refused(ProblemType.MALFORMED_QUERY, "PGRST100", message);
    }

    /** What can be read, and is not to be had here. */
    static ProblemException unsupported(String what) {
        return refused(ProblemType.MALFORMED_QUERY, "0A000", what + " is not supported here.");
    }

    /** A value that is none of its column's type. */
    static ProblemException wrongType(String type, String value) {
        return refused(
                ProblemType.MALFORMED_QUERY, "22P02", "invalid input syntax for type " + type + ": \"" + value + "\"");
    }

    static ProblemException noColumn(String table, String column) {
        return refused(ProblemType.MALFORMED_QUERY, "42703", "column " + table + "." + column + " does not exist");
    }

    /** A member of a body that is no column. */
    static ProblemException noColumnToWrite(String table, String column) {
        return refused(
                ProblemType.MALFORMED_BODY,
                "PGRST204",
                "Could not find the '" + column + "' column of '" + table + "'");
    }

    static ProblemException malformedBody(String message) {
        return refused(ProblemType.MALFORMED_BODY, "PGRST102", message);
    }

    static ProblemException noTable(String table) {
        return refused(ProblemType.NOT_FOUND, "PGRST205", "Could not find the table '" + table + "'");
    }

    static ProblemException range(String message) {
        return refused(ProblemType.RANGE_NOT_SATISFIABLE, "PGRST103", message);
    }

    static ProblemException notAcceptable(String code, String message) {
        return refused(ProblemType.NOT_ACCEPTABLE, code, message);
    }

    /**
     * One object was asked for, and there is another number of rows. Only a read that finds none may say "0 rows", not even
     * as the end of "10 rows": clients take an error that does for no error.
     */
    static ProblemException notSingular(int rows) {
        return Problem.of(ProblemType.NOT_ACCEPTABLE, "Cannot coerce the result to a single JSON object")
                .withCode("PGRST116")
                .with(
                        "details",
                        StringNode.valueOf(
                                rows == 0
                                        ? "The result contains 0 rows"
                                        : "The result contains more than one row: " + rows))
                .exception();
    }

    static ProblemException preferences(String code, String message) {
        return refused(ProblemType.MALFORMED_REQUEST, code, message);
    }

    static ProblemException refused(ProblemType type, String code, String message) {
        return Problem.of(type, message).withCode(code).exception();
    }
}

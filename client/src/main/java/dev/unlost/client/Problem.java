package dev.unlost.client;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error answer of the service (RFC 9457).
 *
 * @param type a relative reference under {@code /problems/}, where the service explains it; {@code about:blank} where
 *     something between client and service answered
 * @param title the kind of problem, for people
 * @param status the HTTP status, 400 to 599
 * @param detail what happened this time, for people; may be empty
 * @param code what programs tell problems apart by; may be empty
 * @param errors the fields at fault, where fields are
 * @param body the whole body, with what else it says
 */
public record Problem(
        String type, String title, int status, String detail, String code, List<FieldError> errors, ObjectNode body) {

    /**
     * What is wrong with one field.
     *
     * @param field its name, as {@code address.country}
     * @param code stable; for programs
     * @param message for people
     */
    public record FieldError(String field, String code, String message) {}

    static Problem of(Answer answer) {
        ObjectNode body = answer.jsonOrEmpty();
        Members members = new Members(body);
        return new Problem(
                members.textOr("type", "about:blank"),
                members.textOr("title", "HTTP status " + answer.status()),
                answer.status(),
                members.textOr("detail", ""),
                members.textOr("code", ""),
                members.each(
                        "errors",
                        error -> new FieldError(
                                error.textOr("field", ""), error.textOr("code", ""), error.textOr("message", ""))),
                body);
    }
}

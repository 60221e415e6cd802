package dev.unlost.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A problem in the form that clients of PostgREST read: {@code message}, {@code code}, {@code details} and {@code hint},
 * and the problem's own members after these. It is an object and never empty, and its details hold no words of the
 * request's: postgrest-js takes a 404 without a body or with a list for success, and its older versions an error whose
 * details speak of "0 rows".
 */
final class PostgrestError {

    static final String MEDIA_TYPE = "application/json";

    private static final String PATHS = "/rest/";

    private PostgrestError() {}

    /** @param path of the request; null where not even that could be read */
    static boolean isExpectedAt(@Nullable String path) {
        return path != null && path.startsWith(PATHS);
    }

    static ObjectNode of(Problem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("message", problem.detail());
        json.put("code", problem.code());
        json.put("details", problem.type().meaning());
        json.put("hint", problem.type().remedy());
        problem.members().forEach(json::set);
        return json;
    }
}

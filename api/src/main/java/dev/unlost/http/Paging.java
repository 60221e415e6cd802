package dev.unlost.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pages, as every list of this service is answered with. */
final class Paging {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    private Paging() {}

    /** @return the most items to answer with, 1 to 200 */
    static int limit(QueryParameters parameters) {
        return parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /**
     * @param parameters of the request, which the next page's differ from in {@code after} only
     * @param next where to go on; null on the last page
     */
    static Answer page(
            HttpServletRequest request, QueryParameters parameters, Stream<ObjectNode> items, @Nullable Cursor next) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode array = body.putArray("items");
        items.forEach(array::add);
        String after = next == null ? null : next.toString();
        body.put("next", after);
        Answer answer = Answer.of(200, body).revalidated();
        return after == null
                ? answer
                : answer.with(
                        "Link",
                        "<" + request.getRequestURI() + "?" + parameters.with("after", after) + ">; rel=\"next\"");
    }
}

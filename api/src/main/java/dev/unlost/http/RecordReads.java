package dev.unlost.http;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.Timestamps;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The reads of every kind of record. */
@Component
public class RecordReads {

    /** The parameters that every list takes besides its filters. */
    private static final Set<String> PAGING = Set.of("limit", "after", "sort");

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    private final Messages messages;
    private final RecordJson records;
    private final People people;

    RecordReads(Messages messages, RecordJson records, People people) {
        this.messages = messages;
        this.records = records;
        this.people = people;
    }

    /** One record as it is now. */
    public Answer get(RecordCodec<?> codec, String id, HttpServletRequest request) {
        QueryParameters.parse(request.getQueryString(), Set.of());
        Preconditions.Headers conditions = Preconditions.Headers.of(request);
        Preconditions.refuseOnRead(conditions);
        Origin origin = RequestOrigin.of(request);
        RecordView<?> view = codec.canonicalId(id)
                .flatMap(canonical -> find(codec, canonical, origin))
                .orElseThrow(() -> new Refusal.RecordNotFound(codec.type().key(id)));
        if (view.deleted()) {
            throw deleted(view, origin).exception();
        }
        return EntityTags.anyMatches(conditions.ifNoneMatch(), view.version())
                ? cacheable(Answer.of(304, null)).with("ETag", EntityTags.of(view.version()))
                : cacheable(Answer.of(200, records.of(view))).with("ETag", EntityTags.of(view.version()));
    }

    /**
     * What a list is asked for.
     *
     * @param sort one of the allowed orders
     * @param after where the page before ended; null for the first
     * @param limit the most records to answer with, 1 to 200
     */
    public record Listing(
            QueryParameters parameters,
            String sort,
            @Nullable Cursor after,
            int limit) {}

    /**
     * A page of a list.
     *
     * @param next where to go on; null on the last page
     */
    public record Page(
            List<? extends RecordView<?>> items, @Nullable Cursor next) {}

    /**
     * @param filters the parameters besides those of every list
     * @param sorts the orders there are, the default first
     * @param pages answers with a page
     */
    public Answer list(
            HttpServletRequest request, Set<String> filters, List<String> sorts, Function<Listing, Page> pages) {
        Set<String> allowed = new HashSet<>(filters);
        allowed.addAll(PAGING);
        QueryParameters parameters = QueryParameters.parse(request.getQueryString(), allowed);
        String sort = parameters.get("sort").orElse(sorts.getFirst());
        if (!sorts.contains(sort)) {
            throw QueryParameters.malformed("The parameter sort must be one of " + String.join(", ", sorts) + ".");
        }
        Cursor after =
                parameters.get("after").map(text -> Cursor.parse(text, sort)).orElse(null);
        int limit = parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        Page page = pages.apply(new Listing(parameters, sort, after, limit));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        page.items().forEach(view -> items.add(records.of(view)));
        String next = page.next() == null ? null : page.next().toString();
        body.put("next", next);
        Answer answer = cacheable(Answer.of(200, body));
        return next == null
                ? answer
                : answer.with(
                        "Link",
                        "<" + request.getRequestURI() + "?" + parameters.with("after", next) + ">; rel=\"next\"");
    }

    /** Asks a query as the sender of the request. */
    public <R> R ask(Object query, Class<R> answer, HttpServletRequest request) {
        return messages.ask(query, ResponseTypes.instanceOf(answer), RequestOrigin.of(request));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal knows no type arguments
    private Optional<RecordView<?>> find(RecordCodec<?> codec, String id, Origin origin) {
        return (Optional) messages.ask(codec.find(id), ResponseTypes.optionalInstanceOf(RecordView.class), origin);
    }

    private Problem deleted(RecordView<?> view, Origin origin) {
        return Problem.of(
                        ProblemType.DELETED,
                        "This " + view.key().type() + " was deleted, at version " + view.version() + ".")
                .with("version", JsonNodeFactory.instance.numberNode(view.version()))
                .with("deletedAt", StringNode.valueOf(Timestamps.format(view.updatedAt())))
                .with("deletedBy", StringNode.valueOf(view.updatedBy()))
                .with("deletedByInfo", people.info(people.find(view.updatedBy(), origin)));
    }

    /** Kept by the reader alone, and asked for again each time; Spring Security's no-store would forbid even that. */
    private static Answer cacheable(Answer answer) {
        return answer.with("Cache-Control", "private, no-cache").with("Vary", "Authorization");
    }
}

package dev.unlost.http;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordQuery.FindAsOf;
import dev.unlost.versioning.RecordQuery.FindVersion;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.Timestamps;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** The reads of every kind of record. */
@Component
public class RecordReads {

    /** The parameters that every list takes besides its filters. */
    private static final Set<String> PAGING = Set.of("limit", "after", "sort");

    private final Messages messages;
    private final RecordJson records;
    private final People people;

    RecordReads(Messages messages, RecordJson records, People people) {
        this.messages = messages;
        this.records = records;
        this.people = people;
    }

    /** One record as it is now, or as it was at a version or a time. */
    public Answer get(RecordCodec<?> codec, String id, HttpServletRequest request) {
        Moment moment = Moment.of(QueryParameters.parse(request.getQueryString(), Moment.PARAMETERS));
        Preconditions.Headers conditions = Preconditions.Headers.of(request);
        Preconditions.refuseOnRead(conditions);
        Origin origin = RequestOrigin.of(request);
        RecordView<?> view = codec.canonicalId(id)
                .flatMap(canonical -> find(moment.question(codec, canonical), origin))
                .orElseThrow(() -> moment.missing(codec.type().key(id)));
        if (view.deleted() && moment instanceof Moment.Now) {
            throw deleted(view, origin).exception();
        }
        Answer answer = EntityTags.anyMatches(conditions.ifNoneMatch(), view.version())
                ? Answer.of(304, null)
                : Answer.of(200, records.of(view));
        return answer.revalidated().with("ETag", EntityTags.of(view.version()));
    }

    /** When in its life a record is asked for. */
    private sealed interface Moment {

        Set<String> PARAMETERS = Set.of("version", "at");

        static Moment of(QueryParameters parameters) {
            Optional<Long> version = parameters.versionOf("version");
            Optional<Instant> at = parameters.time("at");
            if (version.isPresent() && at.isPresent()) {
                throw QueryParameters.malformed("The parameters version and at exclude each other.");
            }
            return version.<Moment>map(Version::new).or(() -> at.map(Time::new)).orElseGet(Now::new);
        }

        /** @return a query answered with the {@code Optional} {@link RecordView} */
        Object question(RecordCodec<?> codec, String canonicalId);

        /** Whether it is the record that is missing or the version is not told: others' records have neither. */
        RuntimeException missing(RecordKey key);

        record Now() implements Moment {
            @Override
            public Object question(RecordCodec<?> codec, String canonicalId) {
                return codec.find(canonicalId);
            }

            @Override
            public RuntimeException missing(RecordKey key) {
                return new Refusal.RecordNotFound(key);
            }
        }

        record Version(long version) implements Moment {
            @Override
            public Object question(RecordCodec<?> codec, String canonicalId) {
                return new FindVersion(codec.type().key(canonicalId), version);
            }

            @Override
            public RuntimeException missing(RecordKey key) {
                return never(key, "it never had version " + version);
            }
        }

        record Time(Instant at) implements Moment {
            @Override
            public Object question(RecordCodec<?> codec, String canonicalId) {
                return new FindAsOf(codec.type().key(canonicalId), at);
            }

            @Override
            public RuntimeException missing(RecordKey key) {
                return never(key, "it did not exist yet at " + Timestamps.format(at));
            }
        }

        private static RuntimeException never(RecordKey key, String otherwise) {
            return Problem.of(
                            ProblemType.NOT_FOUND, "There is no " + key.type() + " with this id, or " + otherwise + ".")
                    .exception();
        }
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
     * What lists of a kind can be asked for.
     *
     * @param filters the parameters besides those of every list
     * @param sorts the orders there are, the default first
     * @param moreFilters which parameters there are besides, by name
     * @param moreSorts which orders there are besides
     */
    public record ListTerms(
            Set<String> filters, List<String> sorts, Predicate<String> moreFilters, Predicate<String> moreSorts) {

        public ListTerms(Set<String> filters, List<String> sorts) {
            this(filters, sorts, name -> false, sort -> false);
        }
    }

    /** @param pages answers with a page */
    public Answer list(HttpServletRequest request, ListTerms terms, Function<Listing, Page> pages) {
        Set<String> allowed = new HashSet<>(terms.filters());
        allowed.addAll(PAGING);
        QueryParameters parameters = QueryParameters.parse(request.getQueryString(), allowed, terms.moreFilters());
        List<String> sorts = terms.sorts();
        String sort = parameters.get("sort").orElse(sorts.getFirst());
        if (!sorts.contains(sort) && !terms.moreSorts().test(sort)) {
            throw QueryParameters.malformed("The parameter sort must be one of " + String.join(", ", sorts) + ".");
        }
        Cursor after =
                parameters.get("after").map(text -> Cursor.parse(text, sort)).orElse(null);
        Page page = pages.apply(new Listing(parameters, sort, after, Paging.limit(parameters)));
        return Paging.page(request, parameters, page.items().stream().map(records::of), page.next());
    }

    /** Asks a query as the sender of the request. */
    public <R> R ask(Object query, Class<R> answer, HttpServletRequest request) {
        return messages.ask(query, ResponseTypes.instanceOf(answer), RequestOrigin.of(request));
    }

    /** Asks a query that may have no answer, as the sender of the request. */
    public <R> Optional<R> askForOne(Object query, Class<R> answer, HttpServletRequest request) {
        return messages.ask(query, ResponseTypes.optionalInstanceOf(answer), RequestOrigin.of(request));
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // a class literal knows no type arguments
    private Optional<RecordView<?>> find(Object question, Origin origin) {
        return (Optional) messages.ask(question, ResponseTypes.optionalInstanceOf(RecordView.class), origin);
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
}

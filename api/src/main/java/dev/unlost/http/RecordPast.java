package dev.unlost.http;

import dev.unlost.versioning.AppliedOver;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordQuery.Blame;
import dev.unlost.versioning.RecordQuery.CompareVersions;
import dev.unlost.versioning.RecordQuery.Comparison;
import dev.unlost.versioning.RecordQuery.ExplainFields;
import dev.unlost.versioning.RecordQuery.FieldOrigin;
import dev.unlost.versioning.RecordQuery.HistoryPage;
import dev.unlost.versioning.RecordQuery.ListHistory;
import dev.unlost.versioning.Recorded;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.Timestamps;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The histories of every kind of record, of deleted ones too. Earlier versions are {@link RecordReads#get read}. */
@Component
public class RecordPast {

    private static final String NEWEST_FIRST = "history";

    private final Messages messages;
    private final People people;

    RecordPast(Messages messages, People people) {
        this.messages = messages;
        this.people = people;
    }

    /** A page of all that happened to a record, newest first. */
    public Answer history(RecordCodec<?> codec, String id, HttpServletRequest request) {
        QueryParameters parameters = QueryParameters.parse(request.getQueryString(), Set.of("limit", "after"));
        Optional<Cursor> after = parameters.get("after").map(text -> Cursor.parse(text, NEWEST_FIRST));
        int limit = Paging.limit(parameters);
        RecordKey key = key(codec, id).orElseThrow(() -> missing(codec, id));
        Long before = after.map(cursor -> before(cursor, key)).orElse(null);
        Origin origin = RequestOrigin.of(request);
        HistoryPage page =
                messages.ask(new ListHistory(key, before, limit), ResponseTypes.instanceOf(HistoryPage.class), origin);
        if (page.items().isEmpty()) {
            throw missing(codec, id);
        }
        Function<String, ObjectNode> authors = people.infos(
                page.items().stream().flatMap(RecordPast::mentioned).collect(Collectors.toSet()), origin);
        return Paging.page(
                request,
                parameters,
                page.items().stream().map(item -> entry(item, authors)),
                page.next() == null ? null : new Cursor(NEWEST_FIRST, Long.toString(page.next()), key.localId()));
    }

    private static Long before(Cursor after, RecordKey key) {
        return Optional.of(after.value())
                .filter(version -> after.id().equals(key.localId()))
                .flatMap(QueryParameters::version)
                .orElseThrow(Cursor::malformed);
    }

    /** Who made a change, and whose changes it undid. */
    private static Stream<String> mentioned(Recorded<?> recorded) {
        AppliedOver over = recorded.appliedOver();
        return Stream.concat(
                Stream.of(recorded.origin().actor()),
                over == null ? Stream.of() : over.overwritten().stream().map(AppliedOver.Overwritten::by));
    }

    private static ObjectNode entry(Recorded<?> recorded, Function<String, ObjectNode> authors) {
        Origin origin = recorded.origin();
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("version", recorded.version());
        entry.put("action", recorded.event().action().word());
        entry.put("updatedAt", Timestamps.format(recorded.at()));
        entry.put("updatedBy", origin.actor());
        entry.set("updatedByInfo", authors.apply(origin.actor()));
        if (origin.requestId() != null) {
            entry.put("requestId", origin.requestId());
        }
        if (recorded.event().restores() != null) {
            entry.put("toVersion", recorded.event().restores());
        }
        if (recorded.internal()) {
            entry.put("internal", true);
        }
        if (recorded.unconditional()) {
            entry.put("unconditional", true);
        }
        if (recorded.appliedOver() != null) {
            entry.set("appliedOver", appliedOver(recorded.appliedOver(), authors));
        }
        entry.set("changes", changes(recorded.event().changes()));
        return entry;
    }

    private static ObjectNode appliedOver(AppliedOver over, Function<String, ObjectNode> authors) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("fromVersion", over.fromVersion());
        json.put("toVersion", over.toVersion());
        json.put("merged", over.merged());
        if (over.mergedFrom() != null) {
            json.put("mergedFromVersion", over.mergedFrom());
        }
        ArrayNode overwritten = json.putArray("overwritten");
        for (AppliedOver.Overwritten each : over.overwritten()) {
            ObjectNode field = overwritten.addObject();
            field.put("field", each.field());
            field.put("version", each.version());
            field.put("changedBy", each.by());
            field.set("changedByInfo", authors.apply(each.by()));
        }
        return json;
    }

    /** What differs between two versions of a record. */
    public Answer diff(RecordCodec<?> codec, String id, HttpServletRequest request) {
        QueryParameters parameters = QueryParameters.parse(request.getQueryString(), Set.of("from", "to"));
        long from = needed(parameters, "from");
        long to = needed(parameters, "to");
        Comparison comparison = ask(codec, id, key -> new CompareVersions(key, from, to), Comparison.class, request)
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "There is no " + codec.type().name() + " with this id, or it never had the versions "
                                        + from + " and " + to + ".")
                        .exception());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("from", comparison.from());
        body.put("to", comparison.to());
        body.set("changes", changes(comparison.changes()));
        return Answer.of(200, body).revalidated();
    }

    private static long needed(QueryParameters parameters, String name) {
        return parameters
                .versionOf(name)
                .orElseThrow(() -> QueryParameters.malformed("The parameter " + name + " is missing."));
    }

    /** Who set each field of a record to what it is now. */
    public Answer blame(RecordCodec<?> codec, String id, HttpServletRequest request) {
        QueryParameters.parse(request.getQueryString(), Set.of());
        Blame blame = ask(codec, id, ExplainFields::new, Blame.class, request).orElseThrow(() -> missing(codec, id));
        Function<String, ObjectNode> authors = people.infos(
                blame.fields().stream().map(FieldOrigin::updatedBy).collect(Collectors.toSet()),
                RequestOrigin.of(request));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", blame.version());
        ArrayNode fields = body.putArray("fields");
        for (FieldOrigin field : blame.fields()) {
            ObjectNode each = fields.addObject();
            each.put("field", field.field());
            each.set("value", Json.node(field.value()));
            each.put("version", field.version());
            each.put("updatedAt", Timestamps.format(field.updatedAt()));
            each.put("updatedBy", field.updatedBy());
            each.set("updatedByInfo", authors.apply(field.updatedBy()));
        }
        return Answer.of(200, body).revalidated();
    }

    private <R> Optional<R> ask(
            RecordCodec<?> codec,
            String id,
            Function<RecordKey, Object> question,
            Class<R> answer,
            HttpServletRequest request) {
        return key(codec, id)
                .flatMap(key -> messages.ask(
                        question.apply(key), ResponseTypes.optionalInstanceOf(answer), RequestOrigin.of(request)));
    }

    private static Refusal missing(RecordCodec<?> codec, String id) {
        return new Refusal.RecordNotFound(codec.type().key(id));
    }

    private static Optional<RecordKey> key(RecordCodec<?> codec, String id) {
        return codec.canonicalId(id).map(codec.type()::key);
    }

    private static ArrayNode changes(Map<String, Change<?>> changes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        changes.forEach((field, change) -> {
            ObjectNode each = array.addObject();
            each.put("field", field);
            each.set("from", Json.node(change.from()));
            each.set("to", Json.node(change.to()));
        });
        return array;
    }
}

package dev.unlost.table.http;

import dev.unlost.http.Answer;
import dev.unlost.http.IdempotencyKeys;
import dev.unlost.http.MemberNames;
import dev.unlost.http.Preferences;
import dev.unlost.http.Problem;
import dev.unlost.http.ProblemType;
import dev.unlost.http.RecordCodec;
import dev.unlost.http.RecordJson;
import dev.unlost.http.RecordWrites;
import dev.unlost.http.RecordWrites.Asked;
import dev.unlost.http.RequestBodies;
import dev.unlost.table.http.Wishes.Return;
import dev.unlost.versioning.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes of tables: other words for the writes of the API, which carries them out. */
@Component
class TableWrites {

    /** As of a batch. */
    private static final int MOST_ROWS = 200;

    private static final String EQUALS = "eq.";

    private final RecordWrites writes;
    private final RecordJson records;

    TableWrites(RecordWrites writes, RecordJson records) {
        this.writes = writes;
        this.records = records;
    }

    /** One row, or several of which all are inserted or none. */
    Answer insert(Table table, HttpServletRequest request) {
        Terms terms = Terms.parse(table, request.getQueryString(), Set.of("select", "columns"));
        if (!terms.filters().isEmpty()) {
            throw Refusals.unsupported(
                    "A filter on an insert (" + terms.filters().getFirst().getKey() + ")");
        }
        Wishes wishes = Wishes.of(request);
        Form form = Form.of(request);
        Optional<Set<String>> columns = terms.columns();
        List<ObjectNode> rows = rows(RequestBodies.readValue(request, RequestBodies.JSON));
        if (form.single() && rows.isEmpty()) {
            throw Refusals.malformedBody("There is no row to insert, and one to be shown.");
        }
        form.refuseOtherThanWanted(rows.size());
        if (rows.isEmpty()) {
            return answer(table, terms, wishes, form, List.of(), 201);
        }
        for (ObjectNode row : rows) {
            for (String name : row.propertyNames()) {
                if (columns.isPresent() && !columns.get().contains(name)) {
                    throw Refusals.malformedBody("A row has the column " + name + ", which columns does not name.");
                }
            }
        }
        String metahubId = table.namespaced() ? metahub(terms, rows) : "";
        RecordCodec<?> codec = table.codecs().apply(metahubId);
        List<Asked> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ObjectNode row : rows) {
            ObjectNode body = body(table, row);
            JsonNode id = body.get(Table.ID);
            String chosen = id != null && id.isString() ? id.stringValue() : null;
            if (chosen != null && !ids.add(codec.canonicalId(chosen).orElse(chosen))) {
                throw Refusals.malformedBody("Two rows have the same id.");
            }
            all.add(new Asked(Asked.Kind.CREATE, chosen, body, nothing()));
        }
        return answer(table, terms, wishes, form, writes.carryOut(codec, all, wishes.dryRun(), request), 201);
    }

    Answer update(Table table, HttpServletRequest request) {
        return one(table, Asked.Kind.UPDATE, request);
    }

    Answer delete(Table table, HttpServletRequest request) {
        return one(table, Asked.Kind.DELETE, request);
    }

    private Answer one(Table table, Asked.Kind kind, HttpServletRequest request) {
        Terms terms = Terms.parse(table, request.getQueryString(), Set.of("select", "columns"));
        Wishes wishes = Wishes.of(request);
        Form form = Form.of(request);
        RecordCodec<?> codec = table.codecs().apply(terms.metahubId());
        Target target = target(terms, codec.names());
        ObjectNode row =
                switch (kind) {
                    case UPDATE -> RequestBodies.read(request, RequestBodies.JSON);
                    case CREATE, DELETE ->
                        RequestBodies.readIfAny(request, RequestBodies.JSON).orElseGet(TableWrites::nothing);
                };
        ObjectNode body = body(table, row);
        String id = target.id();
        if (id == null) {
            throw Problem.of(
                            ProblemType.PRECONDITION_REQUIRED,
                            "The request does not say which row it is about. Name it by its id, and by the version that "
                                    + "was edited: ?id=eq.<id>&version=eq.<version>.")
                    .exception();
        }
        wishes.refuseMoreThanWished(1);
        Asked asked = new Asked(kind, id, body, target.precondition());
        return answer(
                table,
                terms,
                wishes,
                form,
                writes.carryOut(codec, List.of(asked), wishes.dryRun(), request),
                wishes.returned() == Return.REPRESENTATION ? 200 : 204);
    }

    /**
     * The one row that a write is about.
     *
     * @param id null where it is not named
     * @param precondition members that say which version was edited
     */
    private record Target(@Nullable String id, ObjectNode precondition) {}

    private static Target target(Terms terms, MemberNames names) {
        String id = null;
        ObjectNode precondition = nothing();
        for (Map.Entry<String, String> filter : terms.filters()) {
            String column = filter.getKey();
            String value = filter.getValue();
            if (!Set.of(Table.ID, Table.VERSION, Table.UPDATED_AT).contains(column)) {
                throw Refusals.unsupported(
                        "A filter on a write other than on id, version and updated_at (" + column + ")");
            }
            if (!value.startsWith(EQUALS)) {
                throw Refusals.unsupported("A filter on a write other than eq (" + column + "=" + value + ")");
            }
            value = value.substring(EQUALS.length());
            boolean again =
                    switch (column) {
                        case Table.ID -> {
                            boolean before = id != null;
                            id = value;
                            yield before;
                        }
                        case Table.VERSION -> {
                            boolean before = precondition.has(names.version());
                            precondition.put(names.version(), Conditions.number(value));
                            yield before;
                        }
                        default -> {
                            boolean before = precondition.has(names.updatedAt());
                            precondition.put(names.updatedAt(), value);
                            yield before;
                        }
                    };
            if (again) {
                throw Refusals.unsupported("More than one filter on " + column);
            }
        }
        return new Target(id, precondition);
    }

    private static List<ObjectNode> rows(JsonNode body) {
        if (body instanceof ObjectNode row) {
            return List.of(row);
        }
        if (!body.isArray()) {
            throw Refusals.malformedBody("The body must be a row or a list of rows.");
        }
        if (body.size() > MOST_ROWS) {
            throw Refusals.malformedBody("There must not be more than " + MOST_ROWS + " rows.");
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode each : body) {
            if (!(each instanceof ObjectNode row)) {
                throw Refusals.malformedBody("Every row must be an object.");
            }
            rows.add(row);
        }
        return rows;
    }

    private static String metahub(Terms terms, List<ObjectNode> rows) {
        Set<String> metahubs = new HashSet<>();
        for (ObjectNode row : rows) {
            JsonNode metahub = row.get(Table.METAHUB_ID);
            metahubs.add(metahub != null && metahub.isString() ? metahub.stringValue() : terms.metahubId());
        }
        if (metahubs.size() > 1) {
            throw Refusals.unsupported("Inserting into more than one metahub at once");
        }
        String metahub = metahubs.iterator().next();
        if (!metahub.matches("[a-z0-9-]{1,64}")) {
            throw Refusals.malformedBody("A metahub_id must be 1 to 64 of a-z, 0-9 and -.");
        }
        return metahub;
    }

    /** @return the row in the words of the API */
    private static ObjectNode body(Table table, ObjectNode row) {
        ObjectNode body = nothing();
        row.forEachEntry((name, value) -> {
            Column column = table.find(name).orElseThrow(() -> Refusals.noColumnToWrite(table.name(), name));
            body.set(column.member(), value);
        });
        return body;
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private Answer answer(Table table, Terms terms, Wishes wishes, Form form, List<Outcome> outcomes, int status) {
        boolean shown = wishes.returned() == Return.REPRESENTATION;
        List<ObjectNode> rows =
                outcomes.stream().map(outcome -> records.of(outcome.view())).toList();
        Answer answer = Answer.of(status, shown ? form.body(rows, terms.selection()) : null);
        if (shown) {
            answer = answer.with("Content-Type", form.mediaType());
        }
        String total = wishes.counted() ? "" + rows.size() : "*";
        answer = answer.with("Content-Range", "*/" + total);
        if (outcomes.size() == 1) {
            Outcome outcome = outcomes.getFirst();
            if (!outcome.view().deleted()) {
                answer = answer.with("ETag", "\"" + outcome.view().version() + "\"");
            }
            if (status == 201) {
                answer = answer.with("Location", location(table, outcome));
            }
        }
        List<String> applied = new ArrayList<>(wishes.applied());
        if (outcomes.stream().anyMatch(Outcome::merged)) {
            applied.add(Preferences.MERGE_DISJOINT);
        }
        if (!applied.isEmpty()) {
            answer = answer.with(Preferences.APPLIED, String.join(", ", applied));
        }
        boolean nothingNew = !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::replayed);
        return nothingNew ? answer.with(IdempotencyKeys.REPLAYED, "true") : answer;
    }

    private static String location(Table table, Outcome outcome) {
        String metahub = outcome.view().key().namespace();
        return TableController.PATH + "/" + table.name() + "?id=eq."
                + encoded(outcome.view().key().localId())
                + (metahub == null ? "" : "&metahub_id=eq." + encoded(metahub));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

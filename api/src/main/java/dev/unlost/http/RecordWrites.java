package dev.unlost.http;

import dev.unlost.http.RecordWrite.Verb;
import dev.unlost.versioning.AtomicBatch;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Outcome;
import dev.unlost.versioning.RecordCommand;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The writes of every kind of record. */
@Component
public class RecordWrites {

    private final Messages messages;
    private final RecordCommands commands;
    private final RecordJson records;

    RecordWrites(Messages messages, RecordCommands commands, RecordJson records) {
        this.messages = messages;
        this.commands = commands;
        this.records = records;
    }

    /** Creates a record at an id of the service's choice. */
    public Answer create(RecordCodec<?> codec, HttpServletRequest request) {
        return write(codec, Verb.POST, "", request);
    }

    /** Creates a record at an id of the client's choice, or replaces one whole. */
    public Answer put(RecordCodec<?> codec, String id, HttpServletRequest request) {
        return write(codec, Verb.PUT, id, request);
    }

    /** Sets some fields of a record (RFC 7396). */
    public Answer patch(RecordCodec<?> codec, String id, HttpServletRequest request) {
        return write(codec, Verb.PATCH, id, request);
    }

    /** Deletes a record. The body is optional; it may say which version was edited, and nothing else. */
    public Answer delete(RecordCodec<?> codec, String id, HttpServletRequest request) {
        return write(codec, Verb.DELETE, id, request);
    }

    /** Brings back the contents of an earlier version, and with them a deleted record. */
    public Answer restore(RecordCodec<?> codec, String id, HttpServletRequest request) {
        return write(codec, Verb.RESTORE, id, request);
    }

    /**
     * A write that was asked for in other words than this API's own.
     *
     * @param id as it was sent; null where a record is to be created at an id of the service's choice
     * @param body in the words of the codec
     * @param beside an object whose members say which version was edited, as those of the body can; often empty
     */
    public record Asked(Kind kind, @Nullable String id, ObjectNode body, ObjectNode beside) {

        /** What can be asked. */
        public enum Kind {
            CREATE,
            UPDATE,
            DELETE
        }

        Verb verb() {
            return switch (kind) {
                case CREATE -> id == null ? Verb.POST : Verb.PUT;
                case UPDATE -> Verb.PATCH;
                case DELETE -> Verb.DELETE;
            };
        }
    }

    /**
     * Carries out writes, all or none, with what the request's head says about them.
     *
     * @param all one per record, at least one
     * @param dryRun whether they are only decided, and taken back
     * @return what came of each, in their order
     */
    public List<Outcome> carryOut(RecordCodec<?> codec, List<Asked> all, boolean dryRun, HttpServletRequest request) {
        String key = IdempotencyKeys.read(request).orElse(null);
        Preconditions.Headers headers = Preconditions.Headers.of(request);
        boolean merges = Preferences.mergesDisjoint(Collections.list(request.getHeaders(Preferences.HEADER)));
        List<RecordWrite> writes = all.stream()
                .map(asked -> new RecordWrite(
                        asked.verb(),
                        asked.id() == null ? "" : asked.id(),
                        asked.verb() == Verb.PUT ? headers.ofAbsent() : headers,
                        merges,
                        asked.beside(),
                        asked.body()))
                .toList();
        Origin origin = RequestOrigin.of(request);
        if (writes.size() == 1) {
            return List.of(
                    carryOut(codec, writes.getFirst(), key, dryRun, origin).outcome());
        }
        List<RecordCommand> batch =
                writes.stream().map(write -> commands.read(codec, write)).toList();
        IdempotencyKey idempotency =
                key == null ? null : IdempotencyKeys.of(key, what(codec, writes, batch), rows(writes));
        return messages.changeAll(new AtomicBatch(batch), idempotency, dryRun, origin);
    }

    private static List<String> what(RecordCodec<?> codec, List<RecordWrite> writes, List<RecordCommand> commands) {
        List<String> what = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            what.addAll(what(codec, writes.get(i), commands.get(i)));
        }
        return what;
    }

    private static ObjectNode rows(List<RecordWrite> writes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("rows");
        writes.forEach(write -> rows.add(write.body()));
        return body;
    }

    private record Carried(RecordCommand command, Outcome outcome) {}

    private Carried carryOut(
            RecordCodec<?> codec, RecordWrite write, @Nullable String key, boolean dryRun, Origin origin) {
        RecordCommand command = commands.read(codec, write);
        IdempotencyKey idempotency =
                key == null ? null : IdempotencyKeys.of(key, what(codec, write, command), write.body());
        return new Carried(command, messages.change(command, idempotency, dryRun, origin));
    }

    private Answer write(RecordCodec<?> codec, Verb verb, String id, HttpServletRequest request) {
        // a ?version=7 that is ignored would be a precondition that is ignored
        QueryParameters.parse(request.getQueryString(), Set.of());
        String key = IdempotencyKeys.read(request).orElse(null);
        RecordWrite write = new RecordWrite(
                verb,
                id,
                Preconditions.Headers.of(request),
                Preferences.mergesDisjoint(Collections.list(request.getHeaders(Preferences.HEADER))),
                JsonNodeFactory.instance.objectNode(),
                body(verb, request));
        Carried carried = carryOut(codec, write, key, false, RequestOrigin.of(request));
        return answer(codec, carried.command(), carried.outcome());
    }

    private static ObjectNode body(Verb verb, HttpServletRequest request) {
        return switch (verb) {
            case POST, PUT, RESTORE -> RequestBodies.read(request, RequestBodies.JSON);
            case PATCH -> RequestBodies.read(request, RequestBodies.MERGE_PATCH);
            case DELETE ->
                RequestBodies.readIfAny(request, RequestBodies.JSON).orElseGet(JsonNodeFactory.instance::objectNode);
        };
    }

    /** All that a request asks for besides its body. The id of a new record is another one with every attempt. */
    private static List<String> what(RecordCodec<?> codec, RecordWrite write, RecordCommand command) {
        return List.of(
                write.verb().name(),
                command.key().type(),
                write.verb() == Verb.POST ? codec.namespace() : command.key().id(),
                IdempotencyKeys.condition(command.expected(), command.merges()));
    }

    private Answer answer(RecordCodec<?> codec, RecordCommand command, Outcome outcome) {
        Answer answer = Answer.of(204, null);
        if (!command.deletes()) {
            boolean created = command.expected() instanceof ExpectedVersion.Absent;
            answer = Answer.of(created ? 201 : 200, records.of(outcome.view()))
                    .with("ETag", EntityTags.of(outcome.view().version()));
            if (created) {
                answer = answer.with("Location", codec.path(outcome.view()));
            }
        }
        if (outcome.merged()) {
            answer = answer.with(Preferences.APPLIED, Preferences.MERGE_DISJOINT);
        }
        return outcome.replayed() ? answer.with(IdempotencyKeys.REPLAYED, "true") : answer;
    }
}

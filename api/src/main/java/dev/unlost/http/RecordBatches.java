package dev.unlost.http;

import dev.unlost.versioning.AtomicBatch;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Outcome;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Several writes of one kind of record in one request: all or none, or each by itself. */
@Component
public class RecordBatches {

    /** What RFC 4918 (section 11.4) calls a failed dependency: nothing was wrong with this one. */
    private static final int BECAUSE_OF_ANOTHER = 424;

    private final Messages messages;
    private final RecordCommands commands;
    private final Problems problems;

    RecordBatches(Messages messages, RecordCommands commands, Problems problems) {
        this.messages = messages;
        this.commands = commands;
        this.problems = problems;
    }

    public Answer carryOut(RecordCodec<?> codec, HttpServletRequest request) {
        QueryParameters.parse(request.getQueryString(), Set.of());
        refuseCommonPreconditions(Preconditions.Headers.of(request));
        String key = IdempotencyKeys.read(request).orElse(null);
        ObjectNode body = RequestBodies.read(request, RequestBodies.JSON);
        BatchBody batch = BatchBody.read(body, codec);
        IdempotencyKey idempotency = key == null
                ? null
                : IdempotencyKeys.of(key, List.of("BATCH", codec.type().name() + codec.namespace()), body);
        Origin origin = RequestOrigin.of(request);
        return batch.atomic()
                ? allOrNone(codec, batch.items(), idempotency, origin)
                : eachByItself(codec, batch.items(), idempotency, origin);
    }

    private static void refuseCommonPreconditions(Preconditions.Headers headers) {
        boolean none = headers.ifMatch().isEmpty()
                && headers.ifNoneMatch().isEmpty()
                && headers.ifUnmodifiedSince().isEmpty()
                && headers.editedVersion().isEmpty();
        if (!none) {
            throw Problem.of(
                            ProblemType.PRECONDITION_UNSUPPORTED,
                            "A batch has no version; each of its items says which version it is based on.")
                    .exception();
        }
    }

    private Answer allOrNone(
            RecordCodec<?> codec, List<RecordWrite> items, @Nullable IdempotencyKey key, Origin origin) {
        SortedMap<Integer, Problem> refused = new TreeMap<>();
        List<RecordCommand> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            try {
                all.add(commands.read(codec, items.get(i)));
            } catch (ProblemException | Refusal refusal) {
                refused.put(i, problems.of(refusal, origin));
            }
        }
        if (refused.isEmpty()) {
            try {
                List<Outcome> outcomes = messages.changeAll(new AtomicBatch(all), key, false, origin);
                ArrayNode results = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < outcomes.size(); i++) {
                    results.add(accepted(all.get(i), outcomes.get(i)));
                }
                return answer(results, outcomes);
            } catch (Refusal.BatchRefused batch) {
                batch.byItem().forEach((item, refusal) -> refused.put(item, problems.of(refusal, origin)));
            }
        }
        throw noneOf(items, refused).exception();
    }

    /** The first refusal, and with it those of the others. */
    private static Problem noneOf(List<RecordWrite> items, SortedMap<Integer, Problem> refused) {
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < items.size(); i++) {
            Problem problem = refused.get(i);
            results.add(
                    problem == null ? result(items.get(i).id(), BECAUSE_OF_ANOTHER) : refused(items.get(i), problem));
        }
        Map.Entry<Integer, Problem> first = refused.firstEntry();
        return first.getValue()
                .with("item", JsonNodeFactory.instance.numberNode(first.getKey()))
                .with("results", results);
    }

    private Answer eachByItself(
            RecordCodec<?> codec, List<RecordWrite> items, @Nullable IdempotencyKey key, Origin origin) {
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        List<Outcome> outcomes = new ArrayList<>();
        @Nullable Problem unavailable = null;
        for (int i = 0; i < items.size(); i++) {
            RecordWrite item = items.get(i);
            if (unavailable != null) {
                results.add(refused(item, unavailable));
                continue;
            }
            try {
                RecordCommand command = commands.read(codec, item);
                Outcome outcome = messages.change(command, key == null ? null : key.forItem(i), origin);
                outcomes.add(outcome);
                results.add(accepted(command, outcome));
            } catch (Refusal.KeyReused | Refusal.InProgress wholeRequest) {
                throw wholeRequest;
            } catch (RuntimeException failure) {
                // whatever becomes of this one, the answer must tell of those that are done
                Problem problem = problems.of(failure, origin);
                results.add(refused(item, problem));
                unavailable = problem.type() == ProblemType.UNAVAILABLE ? problem : null;
            }
        }
        return answer(results, outcomes);
    }

    private static Answer answer(ArrayNode results, List<Outcome> outcomes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("results", results);
        Answer answer = Answer.of(200, body);
        boolean nothingNew = !outcomes.isEmpty() && outcomes.stream().allMatch(Outcome::replayed);
        return nothingNew ? answer.with(IdempotencyKeys.REPLAYED, "true") : answer;
    }

    private static ObjectNode accepted(RecordCommand command, Outcome outcome) {
        int status = command.deletes() ? 204 : command.expected() instanceof ExpectedVersion.Absent ? 201 : 200;
        ObjectNode result = result(outcome.view().key().localId(), status);
        result.put("version", outcome.view().version());
        if (outcome.merged()) {
            result.put("preferenceApplied", Preferences.MERGE_DISJOINT);
        }
        return result;
    }

    private static ObjectNode refused(RecordWrite item, Problem problem) {
        ObjectNode result = result(item.id(), problem.type().status());
        result.set("problem", problem.toJson());
        return result;
    }

    /** @param id empty where the record has none yet */
    private static ObjectNode result(String id, int status) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        if (!id.isEmpty()) {
            result.put("id", Texts.printable(id));
        }
        result.put("status", status);
        return result;
    }
}

package dev.unlost.http;

import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.Offending;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Refusal;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one place that knows which problem an exception is. What is the service's own fault is logged here, once. */
@Component
public class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** So that a megabyte of nonsense is not answered with forty. */
    private static final int MAX_ERRORS = 100;

    /**
     * How the SQL states begin of connections lost or refused, retryable aborts, no room, locks and time-outs, a server
     * that goes down, and one that only reads.
     */
    private static final List<String> UNAVAILABLE = List.of("08", "40", "53", "55P03", "57", "25P03", "25006");

    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Conflicts conflicts;

    Problems(Conflicts conflicts) {
        this.conflicts = conflicts;
    }

    /** @param origin who asked, where that is known yet */
    Problem of(Throwable thrown, @Nullable Origin origin) {
        try {
            return thrown instanceof Refusal refusal
                    ? ofRefusal(refusal, Objects.requireNonNull(origin, "a refusal to nobody"))
                    : ofOther(thrown);
        } catch (RuntimeException explaining) {
            explaining.addSuppressed(thrown);
            return ofOther(explaining);
        }
    }

    private Problem ofRefusal(Refusal refusal, Origin origin) {
        return switch (refusal) {
            case Refusal.InvalidFields invalid ->
                withErrors(Problem.of(ProblemType.VALIDATION_FAILED, sentence(invalid.errors())), invalid.errors());
            case Refusal.RuleViolated violated -> {
                ProblemType type = violated.code().equals(ProblemType.READ_ONLY.code())
                        ? ProblemType.READ_ONLY
                        : ProblemType.RULE_VIOLATED;
                Problem problem = withErrors(Problem.of(type, sentence(violated.errors())), violated.errors())
                        .withCode(violated.code());
                yield violated.offending()
                        .map(offending -> problem.with("offending", json(offending)))
                        .orElse(problem);
            }
            case Refusal.RecordNotFound missing ->
                Problem.of(ProblemType.NOT_FOUND, "There is no " + missing.key().type() + " with this id.");
            case Refusal.PreconditionMismatch mismatch -> Problem.of(ProblemType.PRECONDITION_MISMATCH);
            case Refusal.VersionConflict conflict -> conflicts.problem(conflict.conflict(), origin);
            case Refusal.KeyReused reused ->
                withErrors(
                        Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED),
                        List.of(new FieldError(
                                IdempotencyKeys.HEADER, "reused", "was used before, for another request")));
            case Refusal.InProgress running -> retryLater(ProblemType.IDEMPOTENCY_IN_PROGRESS);
            case Refusal.BatchRefused batch ->
                ofRefusal(batch.byItem().firstEntry().getValue(), origin);
            case Refusal.Busy busy -> retryLater(ProblemType.BUSY);
        };
    }

    private static Problem ofOther(Throwable thrown) {
        if (thrown instanceof ProblemException known) {
            if (known.getCause() != null) {
                LOG.error("{}", known.problem().type().slug(), known.getCause());
            }
            return known.problem();
        }
        if (thrown instanceof ErrorResponse framework
                && framework.getStatusCode().is4xxClientError()) {
            return ofFramework(framework);
        }
        if (thrown instanceof RequestRejectedException) {
            // the firewall looks at a header when it is read, which may be late
            return Problem.of(ProblemType.MALFORMED_REQUEST);
        }
        if (thrown instanceof ConcurrencyException) {
            LOG.warn("a race was not decided: {}", thrown.getMessage());
            return retryLater(ProblemType.BUSY);
        }
        if (isUnavailability(thrown)) {
            LOG.error("unavailable", thrown);
            return retryLater(ProblemType.UNAVAILABLE);
        }
        LOG.error("uncaught", thrown);
        return Problem.of(ProblemType.INTERNAL_ERROR);
    }

    private static Problem ofFramework(ErrorResponse framework) {
        Problem problem =
                Problem.of(ProblemType.ofStatus(framework.getStatusCode().value()));
        for (String name : List.of(HttpHeaders.ALLOW, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_PATCH)) {
            List<String> values = framework.getHeaders().get(name);
            if (values != null && !values.isEmpty()) {
                problem = problem.withHeader(name, String.join(", ", values));
            }
        }
        return problem;
    }

    /** @return an answer that asks to come back a little later */
    public static Problem retryLater(ProblemType type) {
        return retryLater(type, SHORTLY);
    }

    /** @param wait how long to stay away; told in whole seconds, rounded up, at least one */
    public static Problem retryLater(ProblemType type, Duration wait) {
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return Problem.of(type).withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    private static boolean isUnavailability(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && UNAVAILABLE.stream().anyMatch(sql.getSQLState()::startsWith)) {
                return true;
            }
        }
        return false;
    }

    private static Problem withErrors(Problem problem, List<FieldError> errors) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        errors.stream()
                .limit(MAX_ERRORS)
                .forEach(error -> list.addObject()
                        .put("field", Texts.printable(error.field()))
                        .put("code", error.code())
                        .put("message", Texts.printable(error.message())));
        return problem.with("errors", list);
    }

    private static ObjectNode json(Offending offending) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("count", offending.count());
        ArrayNode first = json.putArray("first");
        offending.first().forEach(key -> first.add(key.localId()));
        return json;
    }

    private static String sentence(List<FieldError> errors) {
        if (errors.isEmpty()) {
            return "The change is not possible.";
        }
        FieldError first = errors.getFirst();
        String sentence = first.field() + " " + first.message();
        return errors.size() == 1 ? sentence + "." : sentence + ", and " + (errors.size() - 1) + " more.";
    }
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.AtomicBatch;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Outcome;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.Refusal.InProgress;
import dev.unlost.versioning.Refusal.KeyReused;
import dev.unlost.versioning.Refusal.RecordNotFound;
import dev.unlost.versioning.command.AcceptedRequests.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Makes {@link Outcome}s of what handlers answer, and each of them count once: a message with an {@link IdempotencyKey}
 * that was accepted before is answered with what was answered then, and reaches no handler. What is accepted now is
 * remembered in the transaction that carries it out, so that there is never one without the other. Refusals are not
 * remembered, as the reason for one can pass.
 */
public final class OutcomeInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final AcceptedRequests requests;
    private final EventStore eventStore;
    private final RecordLog log;
    private final Map<String, RecordType<?, ?>> types;

    public OutcomeInterceptor(
            AcceptedRequests requests, EventStore eventStore, RecordLog log, List<RecordType<?, ?>> types) {
        this.requests = requests;
        this.eventStore = eventStore;
        this.log = log;
        this.types = types.stream().collect(Collectors.toUnmodifiableMap(RecordType::name, Function.identity()));
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        CommandMessage<?> message = work.getMessage();
        if (work.parent().isPresent()) {
            // part of a batch: its key is the batch's, which counts as a whole
            Object result = chain.proceed();
            return message.getPayload() instanceof RecordCommand ? outcome(work, result) : result;
        }
        return switch (message.getPayload()) {
            case RecordCommand command ->
                once(message, List.of(command), () -> List.of(outcome(work, chain.proceed())))
                        .getFirst();
            case AtomicBatch batch -> once(message, batch.commands(), () -> outcomes(chain.proceed()));
            // commands to something else than records
            default -> chain.proceed();
        };
    }

    private static Outcome outcome(UnitOfWork<?> work, Object answer) {
        boolean merged = LoadedRecord.of(work).filter(LoadedRecord::stale).isPresent();
        return new Outcome((RecordView<?>) answer, merged, false);
    }

    private static List<Outcome> outcomes(Object answer) {
        return ((List<?>) answer).stream().map(Outcome.class::cast).toList();
    }

    @FunctionalInterface
    private interface Work {
        List<Outcome> carryOut() throws Exception;
    }

    private List<Outcome> once(CommandMessage<?> message, List<RecordCommand> commands, Work work) throws Exception {
        IdempotencyKey key = IdempotencyKey.of(message.getMetaData()).orElse(null);
        if (key == null) {
            return work.carryOut();
        }
        Origin origin = Origin.of(message.getMetaData());
        if (!requests.claim(origin, key)) {
            throw unlessUnknown(commands, new InProgress());
        }
        List<Accepted> accepted = requests.find(origin, key, commands.size());
        if (accepted.stream().anyMatch(each -> !each.request().equals(key.request()))) {
            throw unlessUnknown(commands, new KeyReused());
        }
        if (!accepted.isEmpty()) {
            return accepted.stream().map(this::replay).toList();
        }
        List<Outcome> outcomes = work.carryOut();
        List<Accepted> now = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            RecordView<?> view = outcome.view();
            now.add(new Accepted(key.item() + now.size(), key.request(), view.key(), view.version(), outcome.merged()));
        }
        requests.keep(origin, key, now);
        return outcomes;
    }

    private Outcome replay(Accepted accepted) {
        return new Outcome(asOf(accepted.record(), accepted.version()), accepted.merged(), true);
    }

    private RecordView<?> asOf(RecordKey key, long version) {
        RecordType<?, ?> type = types.get(key.type());
        if (type == null) {
            throw new IllegalStateException("no such record type: " + key.type());
        }
        return log.at(type, key, version)
                .orElseThrow(() -> new IllegalStateException(key + " has lost version " + version));
    }

    /** What is unknown is answered for as such, whatever else is wrong with the request. */
    private Refusal unlessUnknown(List<RecordCommand> commands, Refusal refusal) {
        return Stream.of(commands.getFirst())
                .filter(command -> commands.size() == 1 && !(command.expected() instanceof ExpectedVersion.Absent))
                .filter(command -> eventStore
                        .lastSequenceNumberFor(command.aggregateIdentifier())
                        .isEmpty())
                .findFirst()
                .<Refusal>map(command -> new RecordNotFound(command.key()))
                .orElse(refusal);
    }
}

package dev.unlost.versioning.command;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.AtomicBatch;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Outcome;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.Refusal.BatchRefused;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Carries out batches, each within one transaction. The commands are handled one after the other inside the batch's own
 * unit of work; all events are appended at its end, once every record is loaded, and the first other writer that was
 * faster at any of them takes the whole batch back.
 *
 * <p>Records are loaded, locked and written in the order of their keys, which is the same for every batch and on every
 * node, so that two batches never wait for each other.
 */
@Component
class AtomicBatches {

    private final CommandBus commands;
    private final RulesAcrossRecords rules;

    AtomicBatches(CommandBus commands, RulesAcrossRecords rules) {
        this.commands = commands;
        this.rules = rules;
    }

    /**
     * @throws BatchRefused if any command is refused, with the reasons for all that are
     * @throws Refusal.Busy if others keep one of the records for too long
     */
    @CommandHandler
    List<Outcome> carryOut(AtomicBatch batch, MetaData metaData) {
        Origin origin = Origin.of(metaData);
        IdempotencyKey key = IdempotencyKey.of(metaData).orElse(null);
        List<RecordCommand> items = batch.commands();
        SortedMap<Integer, Outcome> outcomes = new TreeMap<>();
        SortedMap<Integer, Refusal> refusals = new TreeMap<>();
        List<Integer> inOrderOfKeys = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparing(item -> items.get(item).aggregateIdentifier()))
                .toList();
        for (int item : inOrderOfKeys) {
            CommandResultMessage<?> result = handle(items.get(item), key == null ? null : key.forItem(item), origin);
            if (!result.isExceptional()) {
                outcomes.put(item, (Outcome) requireNonNull(result.getPayload()));
            } else if (result.exceptionResult() instanceof Refusal.Busy busy) {
                // the others could have to wait as long, one after the other
                throw busy;
            } else if (result.exceptionResult() instanceof Refusal refusal) {
                refusals.put(item, refusal);
            } else if (result.exceptionResult() instanceof RuntimeException failure) {
                throw failure;
            } else {
                throw new IllegalStateException("item " + item + " failed", result.exceptionResult());
            }
        }
        if (refusals.isEmpty()) {
            refusals.putAll(rules.enforce(CurrentUnitOfWork.get(), items));
        }
        if (!refusals.isEmpty()) {
            throw new BatchRefused(refusals);
        }
        return List.copyOf(outcomes.values());
    }

    private CommandResultMessage<?> handle(RecordCommand command, @Nullable IdempotencyKey key, Origin origin) {
        CommandMessage<RecordCommand> message =
                GenericCommandMessage.<RecordCommand>asCommandMessage(command).andMetaData(origin.toMetaData());
        if (key != null) {
            // for the event to keep; the whole batch counts once
            message = message.andMetaData(key.toMetaData());
        }
        FutureCallback<RecordCommand, Object> callback = new FutureCallback<>();
        commands.dispatch(message, callback);
        return callback.getResult();
    }
}

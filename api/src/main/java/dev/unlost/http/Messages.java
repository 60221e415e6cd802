package dev.unlost.http;

import dev.unlost.versioning.AtomicBatch;
import dev.unlost.versioning.DryRun;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.Outcome;
import dev.unlost.versioning.RecordCommand;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends commands and queries, saying who asks. Refusals come back as they were thrown. */
@Component
public class Messages {

    private final CommandGateway commands;
    private final QueryGateway queries;

    Messages(CommandGateway commands, QueryGateway queries) {
        this.commands = commands;
        this.queries = queries;
    }

    /**
     * @param key null where the request may count as often as it is sent
     * @param dryRun whether the command is only decided, and taken back
     * @return what came of it, or would have, with the whole new record
     * @throws dev.unlost.versioning.Refusal if the command is not carried out
     */
    Outcome change(RecordCommand command, @Nullable IdempotencyKey key, boolean dryRun, Origin origin) {
        return (Outcome) carryOut(command, key, dryRun, origin);
    }

    /** As {@link #change(RecordCommand, IdempotencyKey, boolean, Origin)}, for good. */
    Outcome change(RecordCommand command, @Nullable IdempotencyKey key, Origin origin) {
        return change(command, key, false, origin);
    }

    /**
     * @param key null where the request may count as often as it is sent
     * @param dryRun whether the commands are only decided, and taken back
     * @return what came of each command, or would have, in the order of the batch
     * @throws dev.unlost.versioning.Refusal.BatchRefused if one is not carried out, and so none is
     */
    @SuppressWarnings("unchecked") // what a batch is answered with
    List<Outcome> changeAll(AtomicBatch batch, @Nullable IdempotencyKey key, boolean dryRun, Origin origin) {
        return (List<Outcome>) carryOut(batch, key, dryRun, origin);
    }

    private Object carryOut(Object command, @Nullable IdempotencyKey key, boolean dryRun, Origin origin) {
        CommandMessage<Object> message = message(command, key, origin);
        if (!dryRun) {
            return Objects.requireNonNull(commands.<Object>sendAndWait(message));
        }
        try {
            commands.<Object>sendAndWait(message.andMetaData(DryRun.toMetaData()));
        } catch (DryRun.Decided decided) {
            return decided.answer();
        }
        throw new IllegalStateException("a dry run that was not taken back");
    }

    /** Sends a command whose answer says no more than that it was carried out. */
    public void tell(Object command, Origin origin) {
        commands.sendAndWait(message(command, origin));
    }

    /** @throws dev.unlost.versioning.Refusal if the query is not answered */
    public <R> R ask(Object query, ResponseType<R> answer, Origin origin) {
        try {
            return queries.query(
                            query.getClass().getName(),
                            GenericMessage.asMessage(query).andMetaData(origin.toMetaData()),
                            answer)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static CommandMessage<Object> message(Object command, Origin origin) {
        return GenericCommandMessage.asCommandMessage(command).andMetaData(origin.toMetaData());
    }

    private static CommandMessage<Object> message(Object command, @Nullable IdempotencyKey key, Origin origin) {
        CommandMessage<Object> message = message(command, origin);
        return key == null ? message : message.andMetaData(key.toMetaData());
    }
}

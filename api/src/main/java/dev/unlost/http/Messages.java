package dev.unlost.http;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordView;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.queryhandling.QueryGateway;
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
     * @return the whole new record
     * @throws dev.unlost.versioning.Refusal if the command is not carried out
     */
    RecordView<?> change(RecordCommand command, Origin origin) {
        return Objects.requireNonNull(commands.<RecordView<?>>sendAndWait(message(command, origin)));
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
}

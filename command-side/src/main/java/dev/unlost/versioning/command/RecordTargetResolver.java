package dev.unlost.versioning.command;

import dev.unlost.versioning.RecordCommand;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Finds a command's record and expected version by a cast. It answers what Axon's annotation-based resolver would, which
 * searches the command's methods by reflection every time.
 */
public final class RecordTargetResolver implements CommandTargetResolver {

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
        RecordCommand command = (RecordCommand) message.getPayload();
        return new VersionedAggregateIdentifier((Object) command.aggregateIdentifier(), command.expectedSequence());
    }
}

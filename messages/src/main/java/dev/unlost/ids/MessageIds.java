package dev.unlost.ids;

import java.time.Clock;
import org.axonframework.common.IdentifierFactory;

/**
 * The ids of Axon's messages, events among them. Axon's own come from a secure generator, which all threads share and each
 * command asks several times; nothing needs them to be secret. Found by {@link java.util.ServiceLoader}.
 */
public final class MessageIds extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return TimeOrderedIds.next(Clock.systemUTC()).toString();
    }
}

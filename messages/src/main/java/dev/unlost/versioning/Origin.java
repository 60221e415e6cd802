package dev.unlost.versioning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Where a command or event comes from. It travels as message metadata, so that it is stored with every event.
 *
 * @param factoryId the tenant
 * @param actor the {@code sub} of the person, or of the process
 * @param requestId identifies the request in the logs
 */
public record Origin(
        String factoryId, String actor, @Nullable String requestId) {

    /** Metadata key of {@link #factoryId()}. */
    public static final String FACTORY = "factory";

    private static final String ACTOR = "actor";
    private static final String REQUEST = "request";

    public Map<String, Object> toMetaData() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put(FACTORY, factoryId);
        entries.put(ACTOR, actor);
        if (requestId != null) {
            entries.put(REQUEST, requestId);
        }
        return entries;
    }

    /** @throws IllegalStateException if the message does not say where it comes from */
    public static Origin of(Map<String, ?> metaData) {
        if (metaData.get(FACTORY) instanceof String factory && metaData.get(ACTOR) instanceof String actor) {
            return new Origin(factory, actor, (String) metaData.get(REQUEST));
        }
        throw new IllegalStateException("a message without factory and actor");
    }

    /** @return the origin of the command or query that this thread works on; empty where it works on none */
    public static Optional<Origin> ofWorkInProgress() {
        if (!CurrentUnitOfWork.isStarted()) {
            return Optional.empty();
        }
        Message<?> message = CurrentUnitOfWork.get().root().getMessage();
        return message == null || !message.getMetaData().containsKey(FACTORY)
                ? Optional.empty()
                : Optional.of(of(message.getMetaData()));
    }
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal.RuleViolated;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Answers that append nothing, a violated rule or a change that would change nothing, are not checked by the log's unique
 * key. Where one was decided on a cached copy that is behind the log, the copy is dropped and the command is dispatched
 * again.
 */
public final class StaleCopyInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final EventStore eventStore;
    private final RecordCache cache;

    public StaleCopyInterceptor(EventStore eventStore, RecordCache cache) {
        this.eventStore = eventStore;
        this.cache = cache;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object answer;
        try {
            answer = chain.proceed();
        } catch (RuleViolated violated) {
            dropIfBehind(work);
            throw violated;
        }
        if (LoadedRecord.of(work).filter(LoadedRecord::unchanged).isPresent()) {
            dropIfBehind(work);
        }
        return answer;
    }

    private void dropIfBehind(UnitOfWork<? extends CommandMessage<?>> work) {
        LoadedRecord loaded = LoadedRecord.of(work).orElse(null);
        if (loaded == null || !loaded.fromCache()) {
            return;
        }
        RecordView<?> view = loaded.view();
        long last = eventStore.lastSequenceNumberFor(loaded.key().toString()).orElse(-1L);
        if (view != null && last >= view.version()) {
            cache.evict(Origin.of(work.getMessage().getMetaData()).factoryId(), loaded.key());
            throw new ConcurrencyException("decided on a copy that is behind the log");
        }
    }
}

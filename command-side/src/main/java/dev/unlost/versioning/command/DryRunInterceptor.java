package dev.unlost.versioning.command;

import dev.unlost.versioning.DryRun;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Ends a {@link DryRun} when all is decided: before its events are appended, so the log's unique key, which would have
 * the last word on cached copies, is not asked. The log is asked instead.
 */
public final class DryRunInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final EventStorageEngine engine;
    private final RecordCache cache;

    public DryRunInterceptor(EventStorageEngine engine, RecordCache cache) {
        this.engine = engine;
        this.cache = cache;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object answer = chain.proceed();
        if (!DryRun.isOne(work.getMessage().getMetaData())) {
            return answer;
        }
        String factory = Origin.of(work.getMessage().getMetaData()).factoryId();
        List<LoadedRecord> behind =
                LoadedRecord.within(work).stream().filter(this::isBehind).toList();
        behind.forEach(loaded -> cache.evict(factory, loaded.key()));
        if (!behind.isEmpty()) {
            throw new ConcurrencyException("decided on a copy that is behind the log");
        }
        throw new DryRun.Decided(answer);
    }

    private boolean isBehind(LoadedRecord loaded) {
        RecordView<?> view = loaded.view();
        long known = view == null ? 0 : view.version();
        return engine.lastSequenceNumberFor(loaded.key().toString())
                .filter(last -> last >= known)
                .isPresent();
    }
}

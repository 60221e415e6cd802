package dev.unlost.versioning.command;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal.BatchRefused;
import dev.unlost.versioning.Refusal.RuleViolated;
import dev.unlost.versioning.Refusal.VersionConflict;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Answers that append nothing, a violated rule, a conflict with another record or a change that would change nothing, are
 * not checked by the log's unique key. Where one was decided on a cached copy that is behind the log, the copy is dropped
 * and the command is dispatched again.
 */
public final class StaleCopyInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final EventStorageEngine engine;
    private final RecordCache cache;

    /** @param engine asked what is stored, without what this very work is about to store */
    public StaleCopyInterceptor(EventStorageEngine engine, RecordCache cache) {
        this.engine = engine;
        this.cache = cache;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object answer;
        try {
            answer = chain.proceed();
        } catch (RuleViolated | VersionConflict refused) {
            // a conflict is one with another record here: of its own the guard has told by the log
            dropWhatIsBehind(work, LoadedRecord.of(work).stream().toList());
            throw refused;
        } catch (BatchRefused refused) {
            // what was accepted of it is not accepted by the log either
            dropWhatIsBehind(work, LoadedRecord.within(work));
            throw refused;
        }
        dropWhatIsBehind(
                work,
                LoadedRecord.of(work).filter(LoadedRecord::unchanged).stream().toList());
        return answer;
    }

    private void dropWhatIsBehind(UnitOfWork<? extends CommandMessage<?>> work, List<LoadedRecord> records) {
        List<LoadedRecord> behind = records.stream().filter(this::isBehind).toList();
        String factory = Origin.of(work.getMessage().getMetaData()).factoryId();
        behind.forEach(loaded -> cache.evict(factory, loaded.key()));
        if (!behind.isEmpty()) {
            throw new ConcurrencyException("decided on a copy that is behind the log");
        }
    }

    private boolean isBehind(LoadedRecord loaded) {
        RecordView<?> view = loaded.view();
        return loaded.fromCache()
                && view != null
                && engine.lastSequenceNumberFor(loaded.key().toString())
                        .filter(last -> last >= view.version())
                        .isPresent();
    }
}

package dev.unlost.versioning.command;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import dev.unlost.versioning.command.SetRules.Changed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.DataAccessException;

/**
 * Asks all {@link SetRules}: for a command of its own once it is handled, for a batch once all of its commands are, by
 * whoever carries out the batch.
 */
public final class RulesAcrossRecords {

    private static final String DEADLOCK = "40P01";
    private static final String TAKEN = "23505";

    private final List<SetRules> rules;

    public RulesAcrossRecords(List<SetRules> rules) {
        this.rules = List.copyOf(rules);
    }

    /** A handler interceptor of the command bus; as a bean of that type it would be registered twice. */
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object answer = chain.proceed();
        boolean partOfABatch = work.parent().isPresent();
        if (!partOfABatch && work.getMessage().getPayload() instanceof RecordCommand command) {
            SortedMap<Integer, Refusal> refusals = enforce(work, List.of(command));
            if (!refusals.isEmpty()) {
                throw refusals.get(refusals.firstKey());
            }
        }
        return answer;
    }

    /**
     * @param commands all that were handled in this unit of work, each to another record
     * @return the refusals by place in the list
     * @throws ConcurrencyException if another writer came between, and it may be tried again
     */
    SortedMap<Integer, Refusal> enforce(UnitOfWork<?> work, List<RecordCommand> commands) {
        SortedMap<Integer, Refusal> refusals = new TreeMap<>();
        for (SetRules rule : rules) {
            if (commands.stream().anyMatch(command -> rule.concern(command.key().type()))) {
                enforce(rule, work, commands, refusals);
            }
        }
        return refusals;
    }

    private static void enforce(
            SetRules rule, UnitOfWork<?> work, List<RecordCommand> commands, SortedMap<Integer, Refusal> refusals) {
        Map<RecordKey, LoadedRecord> loaded = LoadedRecord.within(work.root()).stream()
                .collect(Collectors.toMap(LoadedRecord::key, Function.identity()));
        List<Changed> changes = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            LoadedRecord record = loaded.get(commands.get(i).key());
            RecordView<?> after = record == null ? null : record.aggregate().view();
            // neither what is answered from an earlier request nor what changes nothing
            if (record != null && after != null && !record.unchanged()) {
                changes.add(new Changed(commands.get(i), record.view(), after));
                places.add(i);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        try {
            rule.enforce(Origin.of(work.getMessage().getMetaData()), changes)
                    .forEach((place, refusal) -> refusals.putIfAbsent(places.get(place), refusal));
        } catch (DataAccessException e) {
            if (e.getRootCause() instanceof SQLException cause
                    && (DEADLOCK.equals(cause.getSQLState()) || TAKEN.equals(cause.getSQLState()))) {
                throw new ConcurrencyException("another writer came between: SQL state " + cause.getSQLState());
            }
            throw e;
        }
    }
}

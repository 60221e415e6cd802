package dev.unlost.versioning.query;

import static java.util.Objects.requireNonNull;

import dev.unlost.versioning.Change;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordQuery.Blame;
import dev.unlost.versioning.RecordQuery.CompareVersions;
import dev.unlost.versioning.RecordQuery.Comparison;
import dev.unlost.versioning.RecordQuery.ExplainFields;
import dev.unlost.versioning.RecordQuery.FieldOrigin;
import dev.unlost.versioning.RecordQuery.FindAsOf;
import dev.unlost.versioning.RecordQuery.FindVersion;
import dev.unlost.versioning.RecordQuery.HistoryPage;
import dev.unlost.versioning.RecordQuery.ListHistory;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers queries about the past of records of every kind, from the log alone. What a version costs to read depends on
 * how far behind it the last snapshot lies, a page of history on the page; only {@link ExplainFields} goes back as far as
 * the field lies that was left alone longest.
 */
@Component
class PastQueries {

    /** How many events to hold at a time while looking for the last change of every field. */
    private static final int STRETCH = 200;

    private final RecordLog log;
    private final Map<String, RecordType<?, ?>> types;

    /** @param tables of all record types */
    PastQueries(RecordLog log, List<RecordTable<?, ?>> tables) {
        this.log = log;
        this.types = tables.stream()
                .map(RecordTable::type)
                .collect(Collectors.toUnmodifiableMap(RecordType::name, Function.identity()));
    }

    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    @SuppressWarnings("rawtypes") // Axon finds a handler by the class of its answers, never by a parameterized type
    Optional<RecordView> find(FindVersion query) {
        return Optional.ofNullable(at(type(query.key()), query.key(), query.version()));
    }

    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    @SuppressWarnings("rawtypes") // as above
    Optional<RecordView> find(FindAsOf query) {
        return log.versionAt(query.key(), query.time()).map(version -> at(type(query.key()), query.key(), version));
    }

    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    HistoryPage list(ListHistory query) {
        long before = query.before() == null ? Long.MAX_VALUE : query.before();
        List<? extends Recorded<?>> items = log.newestFirst(type(query.key()), query.key(), before, query.limit());
        boolean more = items.size() == query.limit() && items.getLast().version() > 1;
        return new HistoryPage(List.copyOf(items), more ? items.getLast().version() : null);
    }

    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    Optional<Comparison> compare(CompareVersions query) {
        return compare(type(query.key()), query);
    }

    private <D, E extends RecordEvent> Optional<Comparison> compare(RecordType<D, E> type, CompareVersions query) {
        RecordView<D> from = at(type, query.key(), query.from());
        RecordView<D> to = from == null ? null : at(type, query.key(), query.to());
        return from == null || to == null
                ? Optional.empty()
                : Optional.of(new Comparison(
                        query.from(), query.to(), changes(type.fields(from.details()), type.fields(to.details()))));
    }

    private static Map<String, Change<?>> changes(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        // a field that users have named is there only as long as it has a value
        Set<String> fields = new LinkedHashSet<>(after.keySet());
        fields.addAll(before.keySet());
        Map<String, Change<?>> changes = new LinkedHashMap<>();
        fields.forEach(field -> {
            Change<?> change = Change.between(before.get(field), after.get(field));
            if (change != null) {
                changes.put(field, change);
            }
        });
        return changes;
    }

    @QueryHandler
    @Transactional(readOnly = true, transactionManager = "readTransactionManager")
    Optional<Blame> explain(ExplainFields query) {
        return explain(type(query.key()), query.key());
    }

    private <D, E extends RecordEvent> Optional<Blame> explain(RecordType<D, E> type, RecordKey key) {
        return log.current(type, key).map(current -> {
            Map<String, @Nullable Object> values = type.fields(current.details());
            Map<String, Recorded<E>> lastChanges = lastChanges(type, current, values.keySet());
            List<FieldOrigin> fields = new ArrayList<>();
            values.forEach((field, value) -> {
                Recorded<E> last = lastChanges.get(field);
                if (last != null) {
                    fields.add(new FieldOrigin(
                            field,
                            value,
                            last.version(),
                            last.at(),
                            last.origin().actor()));
                }
            });
            return new Blame(current.version(), fields);
        });
    }

    /** Snapshots are no shortcut: a field with one value in two of them may have had another in between. */
    private <D, E extends RecordEvent> Map<String, Recorded<E>> lastChanges(
            RecordType<D, E> type, RecordView<D> current, Set<String> fields) {
        Map<String, Recorded<E>> found = new HashMap<>();
        long before = current.version() + 1;
        while (before > 1 && !found.keySet().containsAll(fields)) {
            List<Recorded<E>> stretch = log.newestFirst(type, current.key(), before, STRETCH);
            if (stretch.isEmpty()) {
                // the log no longer has its beginning
                return found;
            }
            for (Recorded<E> recorded : stretch) {
                recorded.event().changes().keySet().forEach(field -> found.putIfAbsent(field, recorded));
                before = recorded.version();
            }
        }
        return found;
    }

    private <D, E extends RecordEvent> @Nullable RecordView<D> at(RecordType<D, E> type, RecordKey key, long version) {
        return log.at(type, key, version).orElse(null);
    }

    private RecordType<?, ?> type(RecordKey key) {
        return requireNonNull(types.get(key.type()), () -> "no records of type " + key.type());
    }
}

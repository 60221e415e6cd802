package dev.unlost.versioning.command;

import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.FieldChange;
import dev.unlost.versioning.Conflict.Reason;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what lies between a writer's base and a record as it is, from the events that the writer has not seen. */
final class ConflictExplanation {

    private ConflictExplanation() {}

    /**
     * @param expectedVersion the writer's base; null where it is not known
     * @param unseen the events after the base up to the current version, newest first
     * @param wanted the fields as the writer wants them, by public name; as {@link RecordCommand#sent()}, unless only
     *     the log knows them; empty where it does not either
     */
    static <D, E extends RecordEvent> Conflict explain(
            RecordType<D, E> type,
            Reason reason,
            @Nullable Long expectedVersion,
            RecordView<D> current,
            Stream<Recorded<E>> unseen,
            RecordCommand command,
            Map<String, @Nullable Object> wanted) {
        boolean baseKnown = expectedVersion != null && expectedVersion <= current.version();
        Map<String, @Nullable Object> theirs = type.fields(current.details());
        Map<String, @Nullable Object> base = new LinkedHashMap<>(theirs);
        Map<String, Recorded<E>> touched = new LinkedHashMap<>();
        unseen.forEach(recorded -> recorded.event().changes().forEach((field, change) -> {
            base.put(field, change.from());
            touched.putIfAbsent(field, recorded);
        }));
        Map<String, @Nullable Object> sent = new LinkedHashMap<>(wanted);
        if (command.sendsWholeRecord() && !wanted.isEmpty()) {
            // what a whole record does not have, it takes away
            base.keySet().forEach(field -> sent.putIfAbsent(field, null));
            if (baseKnown) {
                sent.entrySet().removeIf(field -> same(base.get(field.getKey()), field.getValue()));
            }
        }

        List<FieldChange> changes = new ArrayList<>();
        for (String field : inOrder(theirs, base, sent)) {
            boolean isSent = sent.containsKey(field);
            boolean differs = baseKnown && !same(base.get(field), theirs.get(field));
            if (!isSent && !differs) {
                continue;
            }
            Recorded<E> last = baseKnown ? touched.get(field) : null;
            // without a known base nobody can say that the field was left alone
            boolean mayBeTouched = !baseKnown || last != null;
            boolean undone = command.deletes() || (isSent && !same(sent.get(field), theirs.get(field)));
            changes.add(new FieldChange(
                    field,
                    baseKnown ? base.get(field) : null,
                    baseKnown,
                    theirs.get(field),
                    isSent ? sent.get(field) : null,
                    isSent,
                    mayBeTouched && undone,
                    last == null ? null : last.version(),
                    last == null ? null : last.origin().actor(),
                    last == null ? null : last.at()));
        }
        return new Conflict(reason, expectedVersion, current, List.copyOf(changes));
    }

    /** The record's own order first; fields that it does not have now, after it by name. */
    private static List<String> inOrder(
            Map<String, @Nullable Object> theirs,
            Map<String, @Nullable Object> base,
            Map<String, @Nullable Object> sent) {
        List<String> fields = new ArrayList<>(theirs.keySet());
        Set<String> others = new TreeSet<>(base.keySet());
        others.addAll(sent.keySet());
        others.removeAll(theirs.keySet());
        fields.addAll(others);
        return fields;
    }

    /** No value and an empty list say the same. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other)
                || (one == null && List.of().equals(other))
                || (other == null && List.of().equals(one));
    }
}

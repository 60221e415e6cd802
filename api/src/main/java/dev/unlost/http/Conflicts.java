package dev.unlost.http;

import dev.unlost.people.Person;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.FieldChange;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Timestamps;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Explains conflicts. */
@Component
class Conflicts {

    private final People people;
    private final RecordJson records;

    Conflicts(People people, RecordJson records) {
        this.people = people;
        this.records = records;
    }

    Problem problem(Conflict conflict, Origin origin) {
        Person person = people.find(conflict.current().updatedBy(), origin);
        return Problem.of(ProblemType.VERSION_CONFLICT, sentence(conflict, person.nickname()))
                .with("error", StringNode.valueOf("Conflict"))
                .with("hint", StringNode.valueOf(hint(conflict)))
                .with("conflict", body(conflict, person));
    }

    private ObjectNode body(Conflict conflict, Person person) {
        RecordView<?> current = conflict.current();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("entityId", current.key().localId());
        body.put("entityType", current.key().type());
        if (conflict.taken() != null) {
            body.put("taken", conflict.taken());
        }
        body.put("reason", conflict.reason().name().toLowerCase(Locale.ROOT));
        body.put("expectedVersion", conflict.expectedVersion());
        body.put("actualVersion", current.version());
        body.put("updatedAt", Timestamps.format(current.updatedAt()));
        body.put("updatedBy", current.updatedBy());
        body.set("updatedByInfo", people.info(person));
        ArrayNode changes = body.putArray("changes");
        conflict.changes().forEach(change -> changes.add(change(change)));
        ArrayNode overlapping = body.putArray("overlappingFields");
        conflict.overlappingFields().forEach(overlapping::add);
        body.put("mergeable", conflict.mergeable());
        body.set("current", records.of(current));
        return body;
    }

    private static ObjectNode change(FieldChange change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("field", change.field());
        if (change.baseKnown()) {
            json.set("base", Json.node(change.base()));
        }
        json.set("theirs", Json.node(change.theirs()));
        if (change.sent()) {
            json.set("yours", Json.node(change.yours()));
        }
        json.put("overlaps", change.overlaps());
        if (change.version() != null) {
            json.put("version", change.version());
        }
        if (change.changedBy() != null) {
            json.put("changedBy", change.changedBy());
        }
        if (change.changedAt() != null) {
            json.put("changedAt", Timestamps.format(change.changedAt()));
        }
        return json;
    }

    static String sentence(Conflict conflict, @Nullable String nickname) {
        String who = nickname == null || nickname.isBlank() ? "somebody" : nickname;
        RecordView<?> current = conflict.current();
        String record = current.key().type() + " " + current.key().localId();
        Long expected = conflict.expectedVersion();
        return switch (conflict.reason()) {
            case STALE ->
                expected == null
                        ? "%s has no version of the time that was sent; %s changed it last, it is now at version %d."
                                .formatted(record, who, current.version())
                        : "%s was changed by %s since version %d; it is now at version %d."
                                .formatted(record, who, expected, current.version());
            case DELETED -> "%s was deleted by %s, at version %d.".formatted(record, who, current.version());
            case AHEAD ->
                "%s is at version %d; there is no version %d yet.".formatted(record, current.version(), expected);
            case EXISTS ->
                conflict.taken() == null
                        ? "%s exists already, at version %d.".formatted(record, current.version())
                        : "%s has this %s already.".formatted(record, conflict.taken());
        };
    }

    private static String hint(Conflict conflict) {
        return switch (conflict.reason()) {
            case STALE -> "Stale version. Refetch and retry.";
            case DELETED -> "Deleted record. Its id is not used again.";
            case AHEAD -> "Unknown version. Refetch and retry.";
            case EXISTS ->
                conflict.taken() == null
                        ? "The id is taken. Refetch and change the record, or choose another id."
                        : "The " + conflict.taken() + " is taken. Choose another one, or free it.";
        };
    }
}

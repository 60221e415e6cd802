package dev.unlost.client;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a PATCH has to say (RFC 7396). */
final class MergePatch {

    private MergePatch() {}

    /**
     * @param merged members whose own members are compared one by one; all others are replaced whole
     * @return the members that differ
     */
    static ObjectNode between(ObjectNode before, ObjectNode after, Set<String> merged) {
        ObjectNode patch = Json.object();
        for (String name : before.propertyNames()) {
            if (!after.has(name) && !before.get(name).isNull()) {
                patch.putNull(name);
            }
        }
        after.forEachEntry((name, now) -> {
            JsonNode then = before.get(name);
            if (then == null ? now.isNull() : then.equals(now)) {
                return;
            }
            if (merged.contains(name) && then instanceof ObjectNode thenObject && now instanceof ObjectNode nowObject) {
                patch.set(name, between(thenObject, nowObject, Set.of()));
            } else {
                patch.set(name, now);
            }
        });
        return patch;
    }
}

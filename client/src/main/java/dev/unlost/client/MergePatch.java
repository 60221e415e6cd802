package dev.unlost.client;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a PATCH has to say (RFC 7396). */
final class MergePatch {

    private MergePatch() {}

    /**
     * @param merged members whose own members are compared one by one
     * @return the members that differ. A changed object is given with all of its members, and with null for each that is
     *     gone: that means the same to a service that replaces it whole and to one that merges into it
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
            if (then instanceof ObjectNode thenObject && now instanceof ObjectNode nowObject) {
                ObjectNode members = between(thenObject, nowObject, Set.of());
                patch.set(name, merged.contains(name) ? members : whole(nowObject, members));
            } else {
                patch.set(name, now);
            }
        });
        return patch;
    }

    private static ObjectNode whole(ObjectNode now, ObjectNode members) {
        ObjectNode whole = now.deepCopy();
        members.forEachEntry((name, value) -> {
            if (value.isNull()) {
                whole.putNull(name);
            }
        });
        return whole;
    }
}

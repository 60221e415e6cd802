package dev.unlost.metahub;

import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.Refusal.RuleViolated;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a PATCH sets, in the meaning of RFC 7396.
 *
 * @param sent by name as in {@link MetahubDetails#values}; null for a field that loses its value
 */
public record MetahubPatch(MetahubType type, Map<String, @Nullable Object> sent) {

    public MetahubPatch {
        sent = Collections.unmodifiableMap(new LinkedHashMap<>(sent));
    }

    /**
     * @return {@code before} with the fields of this patch set
     * @throws RuleViolated {@code inconsistent}, if they do not go together with those that are there
     */
    public MetahubDetails applyTo(MetahubDetails before) {
        Map<String, Object> values = new TreeMap<>(before.values());
        sent.forEach((field, value) -> {
            if (value == null) {
                values.remove(field);
            } else {
                values.put(field, value);
            }
        });
        MetahubDetails after = new MetahubDetails(values);
        FieldErrors errors = new FieldErrors();
        type.checkTogether(after, errors);
        if (!errors.isEmpty()) {
            throw new RuleViolated("inconsistent", errors.all());
        }
        return after;
    }

    /** @return whether this is upkeep and no edit of anybody's: a place in an order */
    public boolean onlyArranges() {
        return sent.keySet().equals(java.util.Set.of(MetahubType.ORDER));
    }
}

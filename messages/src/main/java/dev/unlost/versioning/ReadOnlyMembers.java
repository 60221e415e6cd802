package dev.unlost.versioning;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Read-only members that a write sent back. They are welcome as long as they say what is so; anything else is a change
 * that cannot be made, and is refused instead of ignored.
 *
 * @param members by name: {@code id}, {@code namespace}, {@code factoryId}, {@code createdAt}, {@code createdBy}, {@code updatedBy}
 * @param sentAs what the sender calls those that have another name there, by name here
 */
public record ReadOnlyMembers(Map<String, String> members, Map<String, String> sentAs) {

    public static final ReadOnlyMembers NONE = new ReadOnlyMembers(Map.of());

    public ReadOnlyMembers {
        members = Map.copyOf(members);
        sentAs = Map.copyOf(sentAs);
    }

    public ReadOnlyMembers(Map<String, String> members) {
        this(members, Map.of());
    }

    /** @throws Refusal.RuleViolated {@code read-only}, if a member differs from the record's */
    public void mustMatch(RecordView<?> current) {
        FieldErrors errors = new FieldErrors();
        members.forEach((name, sent) -> {
            if (!matches(name, sent, current)) {
                errors.add(sentAs.getOrDefault(name, name), "read-only", "is set by the service and cannot be changed");
            }
        });
        if (!errors.isEmpty()) {
            throw new Refusal.RuleViolated("read-only", errors.all());
        }
    }

    private static boolean matches(String name, String sent, RecordView<?> current) {
        return switch (name) {
            case "id" -> sent.equals(current.key().id());
            case "namespace" -> sent.equals(current.key().namespace());
            case "factoryId" -> sent.equals(current.factoryId());
            case "createdBy" -> sent.equals(current.createdBy());
            case "updatedBy" -> sent.equals(current.updatedBy());
            case "createdAt" -> current.createdAt().equals(instant(sent));
            default -> throw new IllegalArgumentException("not a read-only member: " + name);
        };
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

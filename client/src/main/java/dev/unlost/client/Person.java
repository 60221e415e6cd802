package dev.unlost.client;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who edits records.
 *
 * @param id the {@code sub} of their tokens
 * @param email null where the service knows none or does not tell
 * @param nickname null where the service knows none
 */
public record Person(
        String id, @Nullable String email, @Nullable String nickname) {

    static @Nullable Person of(Members parent, String member) {
        var node = parent.value(member);
        if (node == null || !node.isObject()) {
            return null;
        }
        Members person = new Members(node);
        return new Person(person.textOr("id", ""), person.textOrNull("email"), person.textOrNull("nickname"));
    }
}

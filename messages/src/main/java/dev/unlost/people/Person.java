package dev.unlost.people;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who edits records, as the identity provider described them last.
 *
 * @param id the {@code sub} of their tokens
 */
public record Person(
        String id, @Nullable String email, @Nullable String nickname) {}

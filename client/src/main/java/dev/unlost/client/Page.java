package dev.unlost.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next where the next page begins; null on the last. {@link #following()} is the same as an {@code Optional}
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /** @return where the next page begins; empty on the last */
    public Optional<String> following() {
        return Optional.ofNullable(next);
    }
}

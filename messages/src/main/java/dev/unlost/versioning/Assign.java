package dev.unlost.versioning;

import org.jspecify.annotations.Nullable;

/**
 * A field that a patch sets. A field that the patch leaves alone has no {@code Assign}; one that it clears has an
 * {@code Assign} of null (RFC 7396).
 */
public record Assign<T>(@Nullable T value) {

    /** @return the value after {@code assign}, which is {@code before} where there is none */
    public static <T> @Nullable T after(@Nullable Assign<T> assign, @Nullable T before) {
        return assign == null ? before : assign.value();
    }
}

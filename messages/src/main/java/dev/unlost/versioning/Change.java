package dev.unlost.versioning;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field's value before and after. Keeping both in the event lets a conflict, a history page and a difference be told
 * from the events in question alone, without folding all that came before them.
 *
 * @param from the value before; null is "no value"
 * @param to the value after; null is "no value"
 */
public record Change<T>(@Nullable T from, @Nullable T to) {

    /** @return the change, or null where the two are equal */
    public static <T> @Nullable Change<T> between(@Nullable T before, @Nullable T after) {
        return Objects.equals(before, after) ? null : new Change<>(before, after);
    }

    /** @return the value after {@code change}, which is {@code before} where there is none */
    public static <T> @Nullable T after(@Nullable Change<T> change, @Nullable T before) {
        return change == null ? before : change.to();
    }
}

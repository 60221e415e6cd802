package dev.unlost.versioning;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a write, so that all of it is told at once. */
public final class FieldErrors {

    private final List<FieldError> found = new ArrayList<>();

    public void add(String field, String code, String message) {
        found.add(new FieldError(field, code, message));
    }

    /** Refuses null, and what {@link #line} refuses. */
    public void requiredLine(String field, @Nullable String value, int maxLength) {
        if (value == null) {
            add(field, "required", "is required");
        } else if (value.isBlank()) {
            add(field, "blank", "must not be blank");
        } else {
            line(field, value, maxLength);
        }
    }

    /**
     * Refuses text that cannot be stored, is longer than allowed or spans lines. Null is fine.
     *
     * @param maxLength in Unicode code points
     */
    public void line(String field, @Nullable String value, int maxLength) {
        if (value != null && hasControlCharacter(value)) {
            add(field, "characters", "must not contain control characters");
        } else {
            text(field, value, maxLength);
        }
    }

    /**
     * Refuses text that cannot be stored (NUL, unpaired surrogates) or is longer than allowed. Null is fine.
     *
     * @param maxLength in Unicode code points
     */
    public void text(String field, @Nullable String value, int maxLength) {
        if (value == null) {
            return;
        }
        if (!isStorable(value)) {
            add(field, "characters", "must not contain NUL or unpaired surrogates");
        } else if (value.codePointCount(0, value.length()) > maxLength) {
            add(field, "too-long", "must not be longer than " + maxLength + " characters");
        }
    }

    // loops, as every record that is written comes through here, with all of its fields

    private static boolean hasControlCharacter(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStorable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit == 0 || Character.isLowSurrogate(unit)) {
                return false;
            }
            if (Character.isHighSurrogate(unit)
                    && (++i == value.length() || !Character.isLowSurrogate(value.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<FieldError> all() {
        return List.copyOf(found);
    }

    /** @throws Refusal.InvalidFields if anything was added */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new Refusal.InvalidFields(all());
        }
    }
}

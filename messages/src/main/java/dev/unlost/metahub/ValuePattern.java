package dev.unlost.metahub;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.unlost.versioning.FieldErrors;
import java.util.regex.Matcher;

/**
 * Patterns that users write for values that other users write: in the syntax of RE2, which matches in a time linear in
 * the text's length whatever the pattern.
 */
public final class ValuePattern {

    private static final int MAX_LENGTH = 200;
    private static final int MAX_REPETITIONS = 1_000;

    /** Matching descends through that many where all may be left out, on a thread's stack; and each costs time. */
    private static final int MAX_INSTRUCTIONS = 1_200;

    /** Instructions times characters: at the worst a few tenths of a second. */
    private static final long MAX_WORK = 10_000_000;

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

    private ValuePattern() {}

    /** @throws PatternSyntaxException if it is none, or one that is too large */
    public static Pattern compile(String pattern) {
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (StackOverflowError e) {
            throw tooLarge(pattern);
        }
        if (compiled.programSize() > MAX_INSTRUCTIONS) {
            throw tooLarge(pattern);
        }
        return compiled;
    }

    private static PatternSyntaxException tooLarge(String pattern) {
        return new PatternSyntaxException("repeats too much", pattern);
    }

    /** @return whether the pattern is found in the text; not where looking for it would take too long */
    public static boolean isIn(String text, Pattern pattern) {
        return (long) text.length() * pattern.programSize() <= MAX_WORK
                && pattern.matcher(text).find();
    }

    static void check(String field, Object value, FieldErrors errors) {
        if (!(value instanceof String pattern)) {
            errors.add(field, "type", "must be text");
        } else if (pattern.length() > MAX_LENGTH) {
            errors.add(field, "too-long", "must not be longer than " + MAX_LENGTH + " characters");
        } else if (repetitions(pattern) > MAX_REPETITIONS) {
            errors.add(
                    field, "range", "must not repeat more than " + MAX_REPETITIONS + " times, all counts multiplied");
        } else {
            try {
                compile(pattern);
            } catch (PatternSyntaxException e) {
                errors.add(field, "pattern", "must be a pattern in the syntax of RE2: " + e.getDescription());
            }
        }
    }

    /** Nested counts multiply the memory that a pattern takes; whether they are nested is not looked at. */
    private static double repetitions(String pattern) {
        double product = 1;
        Matcher counts = COUNT.matcher(pattern);
        while (counts.find()) {
            String last = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            product *= Math.max(1, Double.parseDouble(last));
        }
        return product;
    }
}

package dev.unlost.metahub;

import dev.unlost.versioning.FieldErrors;
import java.util.regex.Pattern;

/** The names by which programs know records of a metahub: slugs such as {@code iso-3166}, up to 64 characters. */
public final class Codename {

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*");
    private static final int MAX_LENGTH = 64;

    private Codename() {}

    public static boolean isOne(String text) {
        return text.length() <= MAX_LENGTH && SLUG.matcher(text).matches();
    }

    static void check(String field, String text, FieldErrors errors) {
        if (!isOne(text)) {
            errors.add(
                    field,
                    "codename",
                    "must be lower-case letters and digits, joined by - or _, beginning with a letter; up to "
                            + MAX_LENGTH + " characters");
        }
    }
}

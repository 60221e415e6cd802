package dev.unlost.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The header {@code Prefer} (RFC 7240). A preference that is not known, or not for this request, is ignored. */
final class Preferences {

    static final String HEADER = "Prefer";

    /** Says which preference made a difference. */
    static final String APPLIED = "Preference-Applied";

    static final String MERGE_DISJOINT = "merge=disjoint";

    /** Commas in quotes separate nothing. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private static final Pattern MERGE = Pattern.compile("\\s*merge\\s*=\\s*(?:\"disjoint\"|disjoint)\\s*(?:;.*)?");

    private Preferences() {}

    /** @return whether a stale change is to be applied where others have changed other fields only */
    static boolean mergesDisjoint(List<String> lines) {
        return lines.stream()
                .flatMap(SEPARATOR::splitAsStream)
                .anyMatch(preference ->
                        MERGE.matcher(preference.toLowerCase(Locale.ROOT)).matches());
    }
}

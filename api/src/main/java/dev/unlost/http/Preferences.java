package dev.unlost.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The header {@code Prefer} (RFC 7240). A preference that is not known, or not for this request, is ignored. */
public final class Preferences {

    public static final String HEADER = "Prefer";

    /** Says which preference made a difference. */
    public static final String APPLIED = "Preference-Applied";

    public static final String MERGE_DISJOINT = "merge=disjoint";

    private static final Pattern MERGE = Pattern.compile("merge\\s*=\\s*(?:\"disjoint\"|disjoint)\\s*(?:;.*)?");

    private Preferences() {}

    /** @return whether a stale change is to be applied where others have changed other fields only */
    static boolean mergesDisjoint(List<String> lines) {
        return lines.stream()
                .flatMap(line -> separated(line).stream())
                .anyMatch(preference ->
                        MERGE.matcher(preference.toLowerCase(Locale.ROOT)).matches());
    }

    /** @return the preferences of a request, each with its value and parameters as it was sent */
    public static List<String> of(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HEADER)).stream()
                .flatMap(line -> separated(line).stream())
                .filter(preference -> !preference.isEmpty())
                .toList();
    }

    /** Commas in quotes separate nothing. Each character is looked at once, however the line is made. */
    private static List<String> separated(String line) {
        List<String> preferences = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || (line.charAt(i) == ',' && !quoted)) {
                preferences.add(line.substring(start, i).strip());
                start = i + 1;
            } else if (line.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return preferences;
    }
}

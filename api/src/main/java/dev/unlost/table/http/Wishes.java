package dev.unlost.table.http;

import dev.unlost.http.Preferences;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request says about how it is to be carried out and answered: the preferences of PostgREST.
 *
 * @param counted whether the rows are to be counted: exactly, also where a guess is asked for
 * @param mostAffected null where nothing is said
 * @param applied the preferences that are followed, as the answer names them
 */
record Wishes(
        Return returned,
        boolean counted,
        boolean dryRun,
        @Nullable Long mostAffected,
        List<String> applied) {

    /** What a write is answered with. */
    enum Return {
        MINIMAL,
        HEADERS_ONLY,
        REPRESENTATION
    }

    private static final String MERGE = "merge";

    static Wishes of(HttpServletRequest request) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String preference : Preferences.of(request)) {
            String[] parts = preference.split(";", 2)[0].split("=", 2);
            String value = parts.length < 2 ? "" : parts[1].strip().replace("\"", "");
            // the first of a name is the one that counts (RFC 7240, section 2)
            said.putIfAbsent(parts[0].strip().toLowerCase(Locale.ROOT), value);
        }
        String resolution = said.get("resolution");
        if (resolution != null) {
            throw Refusals.unsupported("Upserting (Prefer: resolution=" + resolution + ")");
        }
        boolean strict = "strict".equals(said.get("handling"));
        List<String> applied = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Return returned = Return.MINIMAL;
        boolean counted = false;
        boolean dryRun = false;
        Long mostAffected = null;
        for (Map.Entry<String, String> each : said.entrySet()) {
            String preference = each.getKey() + "=" + each.getValue();
            boolean known = true;
            switch (preference) {
                case "return=minimal" -> returned = Return.MINIMAL;
                case "return=headers-only" -> returned = Return.HEADERS_ONLY;
                case "return=representation" -> returned = Return.REPRESENTATION;
                // the planner of PostgreSQL guesses by the rows of all factories, and would tell of them
                case "count=exact", "count=planned", "count=estimated" -> counted = true;
                case "tx=rollback" -> dryRun = true;
                // a column that is not sent has its default either way
                case "tx=commit", "missing=default", "missing=null", "handling=strict", "handling=lenient" -> {}
                default -> {
                    if (each.getKey().equals("tx")) {
                        // to be taken for a commit would be the worst way to ignore it
                        throw Refusals.unsupported("Prefer: " + preference);
                    }
                    if (strict
                            && each.getKey().equals("max-affected")
                            && each.getValue().matches("[0-9]{1,9}")) {
                        mostAffected = Long.valueOf(each.getValue());
                    } else {
                        known = false;
                    }
                }
            }
            if (known) {
                applied.add(preference);
            } else if (!each.getKey().equals(MERGE)) {
                unknown.add(preference);
            }
        }
        if (strict && !unknown.isEmpty()) {
            throw Refusals.preferences(
                    "PGRST122", "Invalid preferences given with handling=strict: " + String.join(", ", unknown));
        }
        return new Wishes(returned, counted, dryRun, mostAffected, List.copyOf(applied));
    }

    /** @throws dev.unlost.http.ProblemException 400 if so many rows are more than may be affected */
    void refuseMoreThanWished(int rows) {
        if (mostAffected != null && rows > mostAffected) {
            throw Refusals.preferences(
                    "PGRST124", "Query result exceeds max-affected preference constraint: " + rows + " rows");
        }
    }
}

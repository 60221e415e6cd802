package dev.unlost.table.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * In which form rows are answered with.
 *
 * @param single whether there has to be one row, which is then no list
 * @param withoutNulls whether values that are missing are left out
 * @param mediaType as the answer names it
 */
record Form(boolean single, boolean withoutNulls, String mediaType) {

    private static final String SINGLE = "application/vnd.pgrst.object+json";
    private static final String LIST = "application/vnd.pgrst.array+json";

    /** @throws dev.unlost.http.ProblemException 406 if none of the forms asked for is there */
    static Form of(HttpServletRequest request) {
        for (String header : List.of("Accept-Profile", "Content-Profile")) {
            String profile = request.getHeader(header);
            if (profile != null && !profile.equals("public")) {
                throw Refusals.notAcceptable("PGRST106", "The schema must be public: " + profile);
            }
        }
        List<String> accepted = Collections.list(request.getHeaders("Accept")).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .toList();
        if (accepted.isEmpty()) {
            return new Form(false, false, "application/json");
        }
        for (String each : accepted) {
            String[] parts = each.split(";");
            boolean withoutNulls =
                    List.of(parts).stream().anyMatch(part -> part.strip().equals("nulls=stripped"));
            switch (parts[0].strip()) {
                case SINGLE -> {
                    return new Form(true, withoutNulls, each.contains("nulls=") ? SINGLE + ";nulls=stripped" : SINGLE);
                }
                case LIST -> {
                    return new Form(false, withoutNulls, withoutNulls ? LIST + ";nulls=stripped" : LIST);
                }
                case "application/json", "application/*", "*/*" -> {
                    return new Form(false, false, "application/json");
                }
                default -> {}
            }
        }
        throw Refusals.notAcceptable(
                "PGRST107", "None of these media types are available: " + String.join(", ", accepted));
    }

    /** @throws dev.unlost.http.ProblemException 406 if one row is wanted and there is another number of them */
    void refuseOtherThanWanted(int rows) {
        if (single && rows != 1) {
            throw Refusals.notSingular(rows);
        }
    }

    JsonNode body(List<ObjectNode> records, Selection selection) {
        refuseOtherThanWanted(records.size());
        if (single) {
            return selection.of(records.getFirst(), withoutNulls);
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(records.size());
        records.forEach(record -> rows.add(selection.of(record, withoutNulls)));
        return rows;
    }
}

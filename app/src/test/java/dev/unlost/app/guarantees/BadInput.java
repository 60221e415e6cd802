package dev.unlost.app.guarantees;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that must be refused, and how.
 *
 * @param slug of the problem's type, which is its code too
 * @param field the one that {@code errors} must name; null where the problem has none
 * @param fieldCode what is wrong with the field
 * @param headers that the answer must have
 */
record BadInput(
        String what,
        Request request,
        int status,
        String slug,
        @Nullable String field,
        @Nullable String fieldCode,
        List<String> headers) {

    BadInput(String what, Request request, int status, String slug) {
        this(what, request, status, slug, null, null, List.of());
    }

    BadInput field(String name, String code) {
        return new BadInput(what, request, status, slug, name, code, headers);
    }

    BadInput tellsWith(String header) {
        return new BadInput(what, request, status, slug, field, fieldCode, List.of(header));
    }

    @Override
    public String toString() {
        String text = request.method() + ", " + what;
        return (text.length() > 100 ? text.substring(0, 100) + "…" : text).replaceAll("\\p{Cntrl}", "?") + ": " + slug;
    }
}

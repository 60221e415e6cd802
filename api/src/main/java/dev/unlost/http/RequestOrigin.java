package dev.unlost.http;

import dev.unlost.versioning.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Keeps with a request who it comes from, once that is known. */
public final class RequestOrigin {

    private static final String ATTRIBUTE = RequestOrigin.class.getName();

    private RequestOrigin() {}

    public static void set(HttpServletRequest request, Origin origin) {
        request.setAttribute(ATTRIBUTE, origin);
    }

    /** @throws IllegalStateException if nobody said; then the path is not guarded as it should be */
    public static Origin of(HttpServletRequest request) {
        return find(request).orElseThrow(() -> new IllegalStateException("a request of nobody"));
    }

    static Optional<Origin> find(HttpServletRequest request) {
        return Optional.ofNullable((Origin) request.getAttribute(ATTRIBUTE));
    }
}

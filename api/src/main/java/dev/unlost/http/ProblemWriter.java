package dev.unlost.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes problems; every one of them goes through here, wherever it comes from. */
public final class ProblemWriter {

    private ProblemWriter() {}

    /**
     * Writes the answer whole, as the client of that path expects it; headers of the problem come on top of those that are
     * set already.
     */
    public static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        boolean postgrest = PostgrestError.isExpectedAt(path(request));
        ObjectNode json = postgrest ? PostgrestError.of(problem) : problem.toJson();
        byte[] body = Json.bytes(json);
        response.resetBuffer();
        if (response.getHeader(RequestIds.HEADER) == null) {
            // refused before the request was given one
            response.setHeader(RequestIds.HEADER, RequestIds.fresh());
        }
        response.setStatus(problem.type().status());
        response.setContentType(postgrest ? PostgrestError.MEDIA_TYPE : Problem.MEDIA_TYPE);
        problem.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static @Nullable String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
    }
}

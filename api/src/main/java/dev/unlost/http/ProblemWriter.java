package dev.unlost.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes problems; every one of them goes through here, wherever it comes from. */
public final class ProblemWriter {

    private ProblemWriter() {}

    /** Writes the answer whole; headers of the problem come on top of those that are set already. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        byte[] body = Json.bytes(problem.toJson());
        response.resetBuffer();
        if (response.getHeader(RequestIds.HEADER) == null) {
            // refused before the request was given one
            response.setHeader(RequestIds.HEADER, RequestIds.fresh());
        }
        response.setStatus(problem.type().status());
        response.setContentType(Problem.MEDIA_TYPE);
        problem.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

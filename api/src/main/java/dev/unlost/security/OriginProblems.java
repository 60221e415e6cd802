package dev.unlost.security;

import dev.unlost.http.Problem;
import dev.unlost.http.ProblemType;
import dev.unlost.http.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Spring's rules for requests of other origins, with a refusal that is a problem like all others. */
final class OriginProblems extends DefaultCorsProcessor {

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean allowed = super.processRequest(configuration, request, response);
        if (!allowed) {
            ProblemWriter.write(request, response, Problem.of(ProblemType.ORIGIN_NOT_ALLOWED));
        }
        return allowed;
    }

    /** Written above, where the request is known. */
    @Override
    protected void rejectRequest(ServerHttpResponse response) {}
}

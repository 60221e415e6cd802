package dev.unlost.http;

import dev.unlost.versioning.Origin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Turns whatever a handler, or the way to it, throws into a problem. */
@Component
class ProblemResolver implements HandlerExceptionResolver {

    private final Problems problems;

    ProblemResolver(Problems problems) {
        this.problems = problems;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (response.isCommitted()) {
            // The container has taken over where the body broke off; any other answer that has begun is broken off too.
            return exception instanceof ProblemException ? new ModelAndView() : null;
        }
        Origin origin = RequestOrigin.find(request).orElse(null);
        try {
            ProblemWriter.write(request, response, problems.of(exception, origin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }
}

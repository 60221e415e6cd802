package dev.unlost.http;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/** Answers for requests that Tomcat refuses before anybody else sees them. Tomcat makes it by its class name. */
public final class ContainerProblems extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        AtomicBoolean writable = new AtomicBoolean(false);
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !writable.get()
                || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problem.of(ProblemType.ofStatus(response.getStatus()));
        try {
            response.setStatus(problem.type().status());
            response.setContentType(Problem.MEDIA_TYPE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            Writer reporter = response.getReporter();
            if (reporter != null) {
                reporter.write(new String(Json.bytes(problem.toJson()), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            getContainer().getLogger().debug("the client has gone", e);
        }
    }
}

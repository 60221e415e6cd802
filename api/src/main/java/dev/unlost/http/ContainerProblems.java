package dev.unlost.http;

import java.io.IOException;
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
                || response.isCommitted()
                || !writable.get()
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.resetBuffer(true);
            ProblemType type = throwable instanceof IOException
                    ? ProblemType.MALFORMED_BODY
                    : ProblemType.ofStatus(response.getStatus());
            ProblemWriter.write(request, response, Problem.of(type));
            response.finishResponse();
        } catch (IOException e) {
            getContainer().getLogger().debug("the client has gone", e);
        }
    }
}

package dev.unlost.benchmarks.plain;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The customer is at another version than the one that was edited: 409. */
class StaleCustomerException extends ErrorResponseException {

    private static final long serialVersionUID = 1;

    StaleCustomerException(UUID id, long expected, long actual) {
        super(HttpStatus.CONFLICT, problem(id, expected, actual), null);
    }

    private static ProblemDetail problem(UUID id, long expected, long actual) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "customer " + id + " is at version " + actual + ", not " + expected);
        problem.setProperty("expectedVersion", expected);
        problem.setProperty("actualVersion", actual);
        return problem;
    }
}

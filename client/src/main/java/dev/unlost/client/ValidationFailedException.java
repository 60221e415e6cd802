package dev.unlost.client;

import java.util.List;

/**
 * 422: a value is out of range, a member unknown or read-only, or a rule broken that depends on the record's state or on
 * that of others. {@link Problem#code()} tells these apart.
 */
public final class ValidationFailedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    ValidationFailedException(Problem problem, String call) {
        super(problem, call);
    }

    /** @return the fields at fault; empty where none is by itself */
    public List<Problem.FieldError> errors() {
        return problem().errors();
    }
}

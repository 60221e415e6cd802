package dev.unlost.http;

import org.jspecify.annotations.Nullable;

/** A request that the edge itself answers with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** @param cause for the log only; null where there is nothing to tell */
    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.type().slug() + ": " + problem.detail(), cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}

package dev.unlost.client;

/** 428: the change did not say which version it was based on. Calls of this client always do. */
public final class PreconditionRequiredException extends ProblemException {

    private static final long serialVersionUID = 1L;

    PreconditionRequiredException(Problem problem, String call) {
        super(problem, call);
    }
}

package dev.unlost.client;

/** 403: the token lacks the scope that the call needs. */
public final class ForbiddenException extends ProblemException {

    private static final long serialVersionUID = 1L;

    ForbiddenException(Problem problem, String call) {
        super(problem, call);
    }
}

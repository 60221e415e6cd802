package dev.unlost.client;

/** 401: there is no valid token, not even after the supplier was asked for another one. */
public final class UnauthorizedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    UnauthorizedException(Problem problem, String call) {
        super(problem, call);
    }
}

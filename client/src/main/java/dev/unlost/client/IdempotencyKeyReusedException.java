package dev.unlost.client;

/** 422: the caller's idempotency key was used for another request before. */
public final class IdempotencyKeyReusedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyReusedException(Problem problem, String call) {
        super(problem, call);
    }
}

package dev.unlost.client;

/** 400, 405, 406, 413, 414, 415 and their like: the service cannot read the call. Repeating it will not help. */
public final class InvalidRequestException extends ProblemException {

    private static final long serialVersionUID = 1L;

    InvalidRequestException(Problem problem, String call) {
        super(problem, call);
    }
}

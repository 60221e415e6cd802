package dev.unlost.client;

/** 404: there is no such record in the token's factory, or the record never had that version. */
public final class NotFoundException extends ProblemException {

    private static final long serialVersionUID = 1L;

    NotFoundException(Problem problem, String call) {
        super(problem, call);
    }
}

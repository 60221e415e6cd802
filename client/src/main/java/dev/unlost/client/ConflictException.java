package dev.unlost.client;

/**
 * 409: the change was not based on the record as it is now, and was not made. {@link #conflict()} says who changed what
 * since.
 */
public final class ConflictException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final transient Conflict conflict;
    private final int attempts;

    ConflictException(Problem problem, String call, int attempts) {
        super(problem, attempts == 1 ? call : call + " (attempt " + attempts + ")");
        this.conflict = Conflict.of(problem);
        this.attempts = attempts;
    }

    /** @return base, theirs and yours, the record as it is now, and who made it so */
    public Conflict conflict() {
        return conflict;
    }

    /** @return how often the change was sent, each time based on what was there then; at least 1 */
    public int attempts() {
        return attempts;
    }

    /** @return the last of that many conflicts, thrown where the caller can see it */
    ConflictException after(int allAttempts, String call) {
        ConflictException last = new ConflictException(problem(), call, allAttempts);
        last.addSuppressed(this);
        return last;
    }
}

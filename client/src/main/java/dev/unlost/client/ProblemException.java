package dev.unlost.client;

import java.time.Duration;

/** The service refused, and said why. */
public abstract sealed class ProblemException extends UnlostException
        permits ConflictException,
                FeedResetException,
                ForbiddenException,
                GoneException,
                IdempotencyKeyReusedException,
                InProgressException,
                InvalidRequestException,
                NotFoundException,
                PreconditionRequiredException,
                RateLimitedException,
                ServerFaultException,
                UnauthorizedException,
                UnavailableException,
                ValidationFailedException {

    private static final long serialVersionUID = 1L;

    private static final String FEED_RESET = "feed-reset";
    private static final String IN_PROGRESS = "idempotency-in-progress";
    private static final String KEY_REUSED = "idempotency-key-reused";

    private final transient Problem problem;

    ProblemException(Problem problem, String call) {
        super(
                "%s: %d %s%s"
                        .formatted(
                                call,
                                problem.status(),
                                problem.title(),
                                problem.detail().isEmpty() ? "" : ": " + problem.detail()),
                null);
        this.problem = problem;
    }

    /** @return what the service said */
    public Problem problem() {
        return problem;
    }

    static UnlostException of(Answer answer, Call call) {
        Problem problem = Problem.of(answer);
        String text = call.toString();
        int status = answer.status();
        return switch (status) {
            case 401 -> new UnauthorizedException(problem, text);
            case 403 -> new ForbiddenException(problem, text);
            case 404 -> new NotFoundException(problem, text);
            case 409 ->
                problem.code().equals(IN_PROGRESS)
                        ? new InProgressException(problem, text, retryAfter(answer), call.key())
                        : new ConflictException(problem, text, 1);
            case 410 ->
                problem.code().equals(FEED_RESET)
                        ? new FeedResetException(problem, text)
                        : new GoneException(problem, text);
            case 422 ->
                problem.code().equals(KEY_REUSED)
                        ? new IdempotencyKeyReusedException(problem, text)
                        : new ValidationFailedException(problem, text);
            case 428 -> new PreconditionRequiredException(problem, text);
            case 429 -> new RateLimitedException(problem, text, retryAfter(answer));
            case 502, 503, 504 -> new UnavailableException(problem, text, retryAfter(answer), call.key());
            default -> {
                if (status >= 400 && status < 500) {
                    yield new InvalidRequestException(problem, text);
                }
                yield status >= 500
                        ? new ServerFaultException(problem, text, call.key())
                        : new UnexpectedAnswerException(text + ": status " + status, null);
            }
        };
    }

    /** The form with a date is not heeded, as it would need a clock that agrees with the service's. */
    private static Duration retryAfter(Answer answer) {
        return answer.header("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }
}

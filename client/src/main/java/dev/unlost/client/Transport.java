package dev.unlost.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings calls to a node and answers back. A call whose answer got lost is repeated, on the next node; writes carry a key
 * by which the service knows them again.
 */
final class Transport {

    private static final String EVENT_STREAM = "text/event-stream";

    private final HttpClient http;
    private final Nodes nodes;
    private final Tokens tokens;
    private final Duration answerTimeout;
    private final RetryPolicy policy;
    private final RetryListener retries;
    private final Timing timing;

    Transport(
            HttpClient http,
            Nodes nodes,
            Tokens tokens,
            Duration answerTimeout,
            RetryPolicy policy,
            RetryListener retries,
            Timing timing) {
        this.http = http;
        this.nodes = nodes;
        this.tokens = tokens;
        this.answerTimeout = answerTimeout;
        this.policy = policy;
        this.retries = retries;
        this.timing = timing;
    }

    /**
     * @return the answer, of status 2xx or 304
     * @throws UnlostException any other
     */
    Answer exchange(Call call) {
        Attempts attempts = new Attempts(policy, timing);
        int otherNodes = nodes.count() - 1;
        boolean renewed = false;
        while (true) {
            String node = nodes.current();
            Optional<String> token = tokens.current();
            UnlostException failure = null;
            try {
                HttpResponse<byte[]> response = http.send(
                        request(node, call, token).timeout(answerTimeout).build(), BodyHandlers.ofByteArray());
                Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
                if (answer.succeeded()) {
                    return answer;
                }
                failure = ProblemException.of(answer, call);
            } catch (IOException e) {
                failure = noAnswer(call, node, e);
            } catch (InterruptedException e) {
                throw NoAnswerException.interrupted(call.toString(), e, call.key());
            }
            if (failure instanceof UnauthorizedException && !renewed && tokens.renew(token)) {
                renewed = true;
                continue;
            }
            leaveIfAtFault(node, failure);
            if (failure instanceof NoAnswerException unreached && unreached.neverSent() && otherNodes-- > 0) {
                retries.retrying(failure, attempts.made(), Duration.ZERO);
                continue;
            }
            UnlostException last = failure;
            Duration delay =
                    failure.repeatableAfter().flatMap(attempts::anotherWithin).orElseThrow(() -> last);
            retries.retrying(failure, attempts.made() - 1, delay);
            pause(delay, call);
        }
    }

    /**
     * Opens a stream of events, on the next node where one cannot be reached. It is not repeated otherwise.
     *
     * @return the open stream
     * @throws UnlostException if no node gave one
     */
    StreamBody open(Call call) {
        int otherNodes = nodes.count() - 1;
        boolean renewed = false;
        while (true) {
            String node = nodes.current();
            Optional<String> token = tokens.current();
            UnlostException failure;
            try {
                return openAt(node, call, token);
            } catch (IOException e) {
                failure = noAnswer(call, node, e);
            } catch (InterruptedException e) {
                throw NoAnswerException.interrupted(call.toString(), e, null);
            } catch (UnlostException e) {
                failure = e;
            }
            if (failure instanceof UnauthorizedException && !renewed && tokens.renew(token)) {
                renewed = true;
                continue;
            }
            leaveIfAtFault(node, failure);
            if (!(failure instanceof NoAnswerException unreached && unreached.neverSent() && otherNodes-- > 0)) {
                throw failure;
            }
        }
    }

    /** Goes on to the next node, as the stream from this one broke. */
    void leave(StreamBody broken) {
        nodes.leave(broken.node());
    }

    private StreamBody openAt(String node, Call call, Optional<String> token) throws IOException, InterruptedException {
        // not the request's own timeout, which on newer JDKs bounds the body as well
        CompletableFuture<HttpResponse<StreamBody>> pending =
                http.sendAsync(request(node, call, token).build(), head -> new StreamBody(node));
        HttpResponse<StreamBody> response;
        try {
            response = pending.get(answerTimeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException("no answer within " + answerTimeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException(call.toString(), e.getCause());
        }
        StreamBody body = response.body();
        boolean stream = response.statusCode() == 200
                && response.headers().firstValue("Content-Type").orElse("").startsWith(EVENT_STREAM);
        if (stream) {
            return body;
        }
        try (body) {
            Answer answer = new Answer(response.statusCode(), response.headers(), body.rest(answerTimeout));
            throw answer.succeeded()
                    ? new UnexpectedAnswerException(call + ": not a stream of events", null)
                    : ProblemException.of(answer, call);
        }
    }

    private void leaveIfAtFault(String node, UnlostException failure) {
        if (failure instanceof NoAnswerException || failure instanceof UnavailableException) {
            nodes.leave(node);
        }
    }

    private void pause(Duration delay, Call call) {
        try {
            timing.sleep(delay);
        } catch (InterruptedException e) {
            throw NoAnswerException.interrupted(call.toString(), e, call.key());
        }
    }

    private static NoAnswerException noAnswer(Call call, String node, IOException cause) {
        return new NoAnswerException(call + ": no answer from " + node, cause, call.key());
    }

    private static HttpRequest.Builder request(String node, Call call, Optional<String> token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + call.path()))
                .method(
                        call.method(),
                        call.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(Json.bytes(call.body())));
        call.headers().forEach(request::setHeader);
        token.ifPresent(bearer -> request.setHeader("Authorization", "Bearer " + bearer));
        return request;
    }
}

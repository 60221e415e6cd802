package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.guarantees.Request.Response;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.SharedNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that is wrong in two ways is answered for the one that is looked at first. */
class OrderOfChecksIT {

    private static final String FACTORY = "order-" + UUID.randomUUID();
    private static final Caller ANN = Caller.of(SharedNodes.first(), "ann", FACTORY);
    private static final String PATH = ANN.created("{\"name\":\"Acme\"}");
    private static final String USED_KEY = usedKey();
    private static final String MISSING = "/api/customers/00000000-0000-4000-8000-000000000000";
    private static final String READER =
            new Forge(SharedNodes.first().signingKey(), FACTORY).with("scope", "records:read");

    /** One way to get a good change wrong, and its answer. */
    record Fault(String what, int status, String code, UnaryOperator<Request> make) {}

    private static String usedKey() {
        ANN.post("/api/customers", "{\"name\":\"Other\"}", "Idempotency-Key", "used");
        return "used";
    }

    /** In the order of the documentation; those of one list have no order among them. */
    private static final List<List<Fault>> ORDER = List.of(
            List.of(new Fault("no token", 401, "unauthenticated", request -> request.without("Authorization"))),
            List.of(new Fault("no scope", 403, "insufficient-scope", request -> request.token(READER))),
            List.of(
                    new Fault("no JSON", 400, "malformed-body", request -> request.json("{")),
                    new Fault(
                            "too large",
                            413,
                            "body-too-large",
                            request -> request.json("{" + " ".repeat(1024 * 1024) + "}")),
                    new Fault(
                            "no media type of ours",
                            415,
                            "unsupported-media-type",
                            request -> request.without("Content-Type").header("Content-Type", "text/plain")),
                    new Fault(
                            "malformed precondition",
                            400,
                            "precondition-malformed",
                            request -> request.without("If-Match").header("If-Match", "two")),
                    new Fault(
                            "malformed key",
                            400,
                            "idempotency-key-malformed",
                            request -> request.without("Idempotency-Key").header("Idempotency-Key", "")),
                    new Fault(
                            "a query",
                            400,
                            "malformed-query",
                            request -> new Request(
                                    request.method(), request.target() + "?x=1", request.lines(), request.body()))),
            List.of(new Fault("no version", 428, "precondition-required", request -> request.without("If-Match"))),
            List.of(
                    new Fault(
                            "unknown member",
                            422,
                            "validation-failed",
                            request -> request.json("{\"name\":\"A\",\"nick\":\"B\",\"createdBy\":\"somebody\"}")),
                    new Fault(
                            "invalid value",
                            422,
                            "validation-failed",
                            request -> request.json("{\"name\":\"\",\"createdBy\":\"somebody\"}"))),
            List.of(
                    new Fault(
                            "unknown id",
                            404,
                            "not-found",
                            request -> new Request(
                                    request.method(),
                                    request.target().replace(PATH, MISSING),
                                    request.lines(),
                                    request.body())),
                    new Fault(
                            "no id",
                            404,
                            "not-found",
                            request -> new Request(
                                    request.method(),
                                    request.target().replace(PATH, "/api/customers/1"),
                                    request.lines(),
                                    request.body()))),
            List.of(new Fault(
                    "a key of another request",
                    422,
                    "idempotency-key-reused",
                    request -> request.header("Idempotency-Key", USED_KEY))),
            List.of(new Fault(
                    "no such version",
                    409,
                    "OPTIMISTIC_LOCK_CONFLICT",
                    request -> request.without("If-Match").header("If-Match", "\"9\""))),
            List.of(new Fault(
                    "read-only member",
                    422,
                    "read-only",
                    request -> request.json("{\"name\":\"A\",\"createdBy\":\"somebody\"}"))));

    record TwoFaults(Request request, Fault first, Fault second) {
        @Override
        public String toString() {
            return request.method() + ", " + first.what() + " and " + second.what() + ": " + first.status();
        }
    }

    /** The later fault is made first, as an earlier one may overwrite it, and not the other way round. */
    static Stream<TwoFaults> requests() {
        List<TwoFaults> requests = new ArrayList<>();
        for (String method : List.of("PATCH", "PUT")) {
            Request good = Request.of(method, PATH)
                    .token(ANN.token())
                    .json("{\"name\":\"A\"}")
                    .header("If-Match", "\"1\"");
            for (int i = 0; i < ORDER.size(); i++) {
                for (int j = i + 1; j < ORDER.size(); j++) {
                    for (Fault first : ORDER.get(i)) {
                        for (Fault second : ORDER.get(j)) {
                            Request wrong = first.make().apply(second.make().apply(good));
                            requests.add(new TwoFaults(wrong, first, second));
                        }
                    }
                }
            }
        }
        return requests.stream();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theEarlierOfTwoFaultsIsAnswered(TwoFaults faults) {
        Response answer = faults.request().send(SharedNodes.first().uri("/"));
        assertThat(answer.status())
                .as(answer.toString())
                .isEqualTo(faults.first().status());
        assertThat(answer.json().path("code").stringValue())
                .isEqualTo(faults.first().code());
        assertThat(ANN.get(PATH).version()).isEqualTo(1);
    }
}

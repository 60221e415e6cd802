package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.guarantees.Request.Response;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
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

    /**
     * A record at version 1.
     *
     * @param whole what a PUT of it, and a PATCH as well, can say
     * @param reader a token that lets nobody write
     */
    record Scene(RecordKind kind, Caller ann, String path, String whole, String reader) {
        static Scene of(RecordKind kind) {
            String factory = "order-" + UUID.randomUUID();
            Caller ann = Caller.of(SharedNodes.first(), "ann", factory);
            Records records = kind.in(ann);
            ann.post(kind.path(), records.whole("+1"), "Idempotency-Key", "used");
            return new Scene(
                    kind,
                    ann,
                    records.created(ann, "+1"),
                    records.whole("+2"),
                    new Forge(SharedNodes.first().signingKey(), factory).with("scope", "records:read"));
        }
    }

    /** One way to get a good change wrong, and its answer. */
    record Fault(String what, int status, String code, UnaryOperator<Request> make) {}

    /** In the order of the documentation; those of one list have no order among them. */
    private static List<List<Fault>> order(Scene scene) {
        String madeBySomebody = "\"" + scene.kind().member("createdBy") + "\":\"somebody\"";
        return List.of(
                List.of(new Fault("no token", 401, "unauthenticated", request -> request.without("Authorization"))),
                List.of(new Fault("no scope", 403, "insufficient-scope", request -> request.token(scene.reader()))),
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
                scene.kind().requiresVersion()
                        ? List.of(new Fault(
                                "no version", 428, "precondition-required", request -> request.without("If-Match")))
                        : List.of(),
                List.of(
                        new Fault(
                                "unknown member",
                                422,
                                "validation-failed",
                                request ->
                                        request.json(Records.with("\"nick\":\"B\"," + madeBySomebody, scene.whole()))),
                        new Fault(
                                "invalid value",
                                422,
                                "validation-failed",
                                request -> request.json("{\"name\":\"\"," + madeBySomebody + "}"))),
                List.of(
                        new Fault(
                                "unknown id",
                                404,
                                "not-found",
                                request -> new Request(
                                        request.method(),
                                        request.target()
                                                .replace(
                                                        RecordKind.id(scene.path()),
                                                        "00000000-0000-4000-8000-000000000000"),
                                        request.lines(),
                                        request.body())),
                        new Fault(
                                "no id",
                                404,
                                "not-found",
                                request -> new Request(
                                        request.method(),
                                        request.target().replace(RecordKind.id(scene.path()), "1"),
                                        request.lines(),
                                        request.body()))),
                List.of(new Fault(
                        "a key of another request",
                        422,
                        "idempotency-key-reused",
                        request -> request.header("Idempotency-Key", "used"))),
                List.of(new Fault(
                        "no such version",
                        409,
                        "OPTIMISTIC_LOCK_CONFLICT",
                        request -> request.without("If-Match").header("If-Match", "\"9\""))),
                List.of(new Fault(
                        "read-only member",
                        422,
                        "read-only",
                        request -> request.json(Records.with(madeBySomebody, scene.whole())))));
    }

    record TwoFaults(Scene scene, Request request, Fault first, Fault second) {
        @Override
        public String toString() {
            return scene.kind() + ", " + request.method() + ", " + first.what() + " and " + second.what() + ": "
                    + first.status();
        }
    }

    static Stream<TwoFaults> requests() {
        return Stream.of(RecordKind.values()).map(Scene::of).flatMap(OrderOfChecksIT::requests);
    }

    /** The later fault is made first, as an earlier one may overwrite it, and not the other way round. */
    private static Stream<TwoFaults> requests(Scene scene) {
        List<List<Fault>> order = order(scene);
        List<TwoFaults> requests = new ArrayList<>();
        for (String method : scene.kind() == RecordKind.CUSTOMER ? List.of("PATCH", "PUT") : List.of("PATCH")) {
            Request good = Request.of(method, scene.path())
                    .token(scene.ann().token())
                    .json(scene.whole())
                    .header("If-Match", "\"1\"");
            for (int i = 0; i < order.size(); i++) {
                for (int j = i + 1; j < order.size(); j++) {
                    for (Fault first : order.get(i)) {
                        for (Fault second : order.get(j)) {
                            Request wrong = first.make().apply(second.make().apply(good));
                            requests.add(new TwoFaults(scene, wrong, first, second));
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
        assertThat(faults.scene().ann().get(faults.scene().path()).version()).isEqualTo(1);
    }
}

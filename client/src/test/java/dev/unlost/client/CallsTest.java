package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call whose answer is lost, late, or a request to come back. */
class CallsTest {

    private final Script script = new Script();
    private final TestServer server = new TestServer(script);
    private final ManualTiming timing = new ManualTiming();
    private final List<String> retries = new ArrayList<>();
    private final UnlostClient client = client(server.uri()).build();

    private UnlostClient.Builder client(URI... nodes) {
        return UnlostClient.of(nodes)
                .timing(timing)
                .answerTimeout(Duration.ofSeconds(20))
                .retryListener((cause, attempt, delay) ->
                        retries.add(attempt + " " + cause.getClass().getSimpleName()));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void writeWhoseAnswerGotLostIsRepeatedUnderItsKey() {
        script.thenLoseAnswer().thenLoseAnswer().thenAnswer(200, Script.customer("c1", 6, "+2"));

        Versioned<Customer> updated =
                client.customers().updateAt("c1", 5, CustomerPatch.create().phone("+2"));

        assertThat(updated.version()).isEqualTo(6);
        assertThat(keys()).hasSize(3).first().isNotNull();
        assertThat(Set.copyOf(keys())).hasSize(1);
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.header("If-Match")).isEqualTo("\"5\""));
        assertThat(retries).containsExactly("1 NoAnswerException", "2 NoAnswerException");
    }

    @Test
    void eachWriteHasAKeyOfItsOwn() {
        for (int i = 0; i < 5; i++) {
            script.thenAnswer(200, Script.customer("c1", 6, "+2"));
        }
        Customer acme = Customer.named("Acme");
        Records<Customer> customers = client.customers();

        customers.create(acme);
        customers.createAt("c1", acme);
        customers.replace("c1", 5, acme);
        customers.restore("c1", 5, 3);
        customers.delete("c1", 5);

        assertThat(server.requests())
                .extracting(TestServer.Request::toString)
                .containsExactly(
                        "POST /api/customers",
                        "PUT /api/customers/c1",
                        "PUT /api/customers/c1",
                        "POST /api/customers/c1/restore",
                        "DELETE /api/customers/c1");
        assertThat(Set.copyOf(keys())).hasSize(5);
    }

    @Test
    void callersKeyIsUsed() {
        script.thenAnswer(201, Script.customer("c1", 1, "+2"));

        client.customers()
                .with(WriteOptions.USUAL.withIdempotencyKey("order-17"))
                .create(Customer.named("Acme"));

        assertThat(keys()).containsExactly("order-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "käse", "a\nb"})
    void keyThatNoHeaderCanCarryIsRefused(String key) {
        assertThatThrownBy(() -> WriteOptions.USUAL.withIdempotencyKey(key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void callThatCouldNotBeAnsweredIsRepeated(int status) {
        script.thenAnswer(status, "<html>bad gateway</html>", "Content-Type", "text/html")
                .thenAnswer(200, Script.customer("c1", 5, "+1"));

        assertThat(client.customers().get("c1").version()).isEqualTo(5);
        assertThat(retries).containsExactly("1 UnavailableException");
    }

    @Test
    void readThatTakesTooLongIsRepeated() {
        CountDownLatch never = new CountDownLatch(1);
        script.then((request, exchange) -> awaitQuietly(never)).thenAnswer(200, Script.customer("c1", 5, "+1"));

        try (UnlostClient impatient =
                client(server.uri()).answerTimeout(Duration.ofMillis(200)).build()) {
            assertThat(impatient.customers().get("c1").version()).isEqualTo(5);
        } finally {
            never.countDown();
        }
        assertThat(retries).containsExactly("1 NoAnswerException");
    }

    @ParameterizedTest
    @CsvSource({"503,busy", "429,rate-limited", "409,idempotency-in-progress"})
    void waitsAsLongAsItIsAskedTo(int status, String code) {
        script.thenProblem(status, code, "Retry-After", "7").thenAnswer(200, Script.customer("c1", 6, "+2"));

        client.customers().updateAt("c1", 5, CustomerPatch.create().phone("+2"));

        assertThat(timing.sleeps())
                .singleElement()
                .satisfies(delay -> assertThat(delay).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7100)));
        assertThat(Set.copyOf(keys())).hasSize(1);
    }

    @Test
    void doesNotWaitLongerThanItsBounds() {
        script.thenProblem(429, "rate-limited", "Retry-After", "3600");

        RateLimitedException limited = catchThrowableOfType(
                RateLimitedException.class, () -> client.customers().get("c1"));

        assertThat(limited.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(timing.sleeps()).isEmpty();
    }

    @Test
    void retryAfterWithADateIsNotHeeded() {
        script.thenProblem(503, "busy", "Retry-After", "Sun, 22 Nov 2026 10:15:30 GMT")
                .thenAnswer(200, Script.customer("c1", 6, "+2"));

        client.customers().get("c1");

        assertThat(timing.sleeps()).singleElement().isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        for (int i = 0; i < 9; i++) {
            script.thenProblem(503, "busy");
        }
        script.thenAnswer(200, Script.customer("c1", 6, "+2"));

        client.customers().get("c1");

        assertThat(timing.sleeps())
                .extracting(Duration::toMillis)
                .containsExactly(25L, 50L, 100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
    }

    @Test
    void givesUpAfterTheLastAttemptAndTellsTheKey() {
        for (int i = 0; i < 10; i++) {
            script.thenLoseAnswer();
        }

        NoAnswerException lost = catchThrowableOfType(
                NoAnswerException.class, () -> client.customers().create(Customer.named("Acme")));

        assertThat(lost.idempotencyKey()).contains(keys().getFirst());
        assertThat(server.requests()).hasSize(10);
    }

    @Test
    void faultOfTheServerIsNotRepeatedButTellsTheKey() {
        script.thenProblem(500, "internal-error");

        ServerFaultException fault = catchThrowableOfType(
                ServerFaultException.class, () -> client.customers().create(Customer.named("Acme")));

        assertThat(fault.idempotencyKey()).contains(keys().getFirst());
    }

    @Test
    void goesToTheNextNodeWhereOneIsNotThere() {
        URI nobody = addressOfNobody();
        script.thenAnswer(200, Script.customer("c1", 5, "+1")).thenAnswer(200, Script.customer("c1", 5, "+1"));

        try (UnlostClient cluster = client(nobody, server.uri()).build()) {
            cluster.customers().get("c1");
            cluster.customers().get("c1");
        }
        assertThat(retries).as("it stays there").containsExactly("1 NoAnswerException");
        assertThat(timing.sleeps()).isEmpty();
    }

    @Test
    void goesToTheNextNodeWhereAnAnswerGotLost() {
        script.thenLoseAnswer();
        Script second = new Script().thenAnswer(200, Script.customer("c1", 6, "+2"));

        try (TestServer other = new TestServer(second);
                UnlostClient cluster = client(server.uri(), other.uri()).build()) {
            cluster.customers().updateAt("c1", 5, CustomerPatch.create().phone("+2"));

            assertThat(other.requests().getFirst().header("Idempotency-Key")).isEqualTo(keys().getFirst());
        }
    }

    @Test
    void saysSoWhereNoNodeIsThere() {
        try (UnlostClient cluster = client(addressOfNobody(), addressOfNobody()).build()) {
            assertThatThrownBy(() -> cluster.customers().get("c1"))
                    .isInstanceOf(NoAnswerException.class)
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void tokenIsKeptUntilItIsRefusedAndThenRenewedOnce() {
        Iterator<String> tokens = List.of("one", "two", "three").iterator();
        script.thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenProblem(401, "unauthenticated")
                .thenAnswer(200, Script.customer("c1", 5, "+1"))
                .thenProblem(401, "unauthenticated")
                .thenProblem(401, "unauthenticated");

        try (UnlostClient ann = client(server.uri()).token(tokens::next).build()) {
            ann.customers().get("c1");
            ann.customers().get("c1");
            ann.customers().get("c1");
            assertThatThrownBy(() -> ann.customers().get("c1")).isInstanceOf(UnauthorizedException.class);
        }
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer one", "Bearer one", "Bearer one", "Bearer two", "Bearer two", "Bearer three");
    }

    @Test
    void sameTokenIsNotSentTwice() {
        script.thenProblem(401, "unauthenticated");

        try (UnlostClient ann = client(server.uri()).token(() -> "one").build()) {
            assertThatThrownBy(() -> ann.customers().get("c1")).isInstanceOf(UnauthorizedException.class);
        }
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400,precondition-malformed,InvalidRequestException",
        "401,unauthenticated,UnauthorizedException",
        "403,insufficient-scope,ForbiddenException",
        "404,not-found,NotFoundException",
        "405,method-not-allowed,InvalidRequestException",
        "409,OPTIMISTIC_LOCK_CONFLICT,ConflictException",
        "410,deleted,GoneException",
        "410,feed-reset,FeedResetException",
        "413,body-too-large,InvalidRequestException",
        "415,unsupported-media-type,InvalidRequestException",
        "422,validation-failed,ValidationFailedException",
        "422,read-only,ValidationFailedException",
        "422,idempotency-key-reused,IdempotencyKeyReusedException",
        "428,precondition-required,PreconditionRequiredException",
        "500,internal-error,ServerFaultException"
    })
    void problemIsATypedException(int status, String code, String type) {
        script.thenProblem(status, code);

        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> client.customers().create(Customer.named("Acme")));

        assertThat(problem.getClass().getSimpleName()).isEqualTo(type);
        assertThat(problem.problem().status()).isEqualTo(status);
        assertThat(problem.problem().code()).isEqualTo(code);
        assertThat(problem).hasMessageContaining("POST /api/customers").hasMessageContaining("as the script says");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void fieldsAtFaultAreNamed() {
        script.thenAnswer(422, """
                {"type":"/problems/validation-failed","title":"Invalid values","status":422,"detail":"d",\
                "code":"validation-failed","errors":[{"field":"name","code":"required","message":"must not be empty"}]}""");

        ValidationFailedException failed = catchThrowableOfType(
                ValidationFailedException.class, () -> client.customers().create(Customer.named("")));

        assertThat(failed.errors()).containsExactly(new Problem.FieldError("name", "required", "must not be empty"));
    }

    @Test
    void aPageThatCannotGoOnSaysWhereTheFeedIs() {
        script.thenAnswer(410, """
                {"type":"/problems/feed-reset","title":"Cursor out of date","status":410,"detail":"d",\
                "code":"feed-reset","reason":"gone","next":"AQm0"}""");

        FeedResetException reset = catchThrowableOfType(
                FeedResetException.class, () -> client.changes().after("AQk7").page());

        assertThat(reset.reason()).isEqualTo("gone");
        assertThat(reset.next()).isEqualTo("AQm0");
    }

    @Test
    void aTokenThatCannotBeHadIsNoAnswer() {
        try (UnlostClient without = UnlostClient.of(server.uri())
                .token(() -> {
                    throw new IllegalStateException("the issuer is away");
                })
                .build()) {
            assertThatThrownBy(() -> without.customers().get("c1"))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("the issuer is away");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void deletionSaysWhoAndWhen() {
        script.thenAnswer(410, """
                {"type":"/problems/deleted","title":"Deleted","status":410,"detail":"d","code":"deleted","version":7,\
                "deletedAt":"2026-11-22T10:15:30.123456Z","deletedBy":"u-1",\
                "deletedByInfo":{"id":"u-1","email":null,"nickname":"Ann"}}""");

        GoneException gone = catchThrowableOfType(
                GoneException.class, () -> client.customers().get("c1"));

        assertThat(gone.version()).isEqualTo(7);
        assertThat(gone.deletedAt()).isEqualTo("2026-11-22T10:15:30.123456Z");
        assertThat(gone.deletedByInfo()).isEqualTo(new Person("u-1", null, "Ann"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>welcome</html>", "[]", "{}", "{\"id\":\"c1\",\"version\":\"five\"}"})
    void answerThatIsNoRecordIsSaidToBeNone(String body) {
        script.thenAnswer(200, body);

        assertThatThrownBy(() -> client.customers().get("c1")).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void messagesDoNotTellWhatWasLookedFor() {
        script.thenProblem(400, "malformed-query");

        assertThatThrownBy(() -> client.customers().page(Query.all().where("email", "ann@example.com"), null))
                .hasMessageNotContaining("ann");
    }

    @Test
    void interruptedCallEndsAndKeepsTheInterruption() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        script.then((request, exchange) -> {
            asked.countDown();
            awaitQuietly(never);
        });
        CompletableFuture<Boolean> flagAfter = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> client.customers().get("c1")).isInstanceOf(NoAnswerException.class);
            flagAfter.complete(Thread.currentThread().isInterrupted());
        });

        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();

        assertThat(flagAfter.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
        never.countDown();
    }

    @Test
    void cancelledFutureEndsItsCall() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        script.then((request, exchange) -> {
            asked.countDown();
            awaitQuietly(never);
        });

        CompletableFuture<Versioned<Customer>> answer =
                client.customers().async().get("c1");
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(answer.cancel(true)).isTrue();
        assertThat(answer).isCancelled();
        never.countDown();
    }

    private List<String> keys() {
        return server.requests().stream()
                .map(request -> String.valueOf(request.header("Idempotency-Key")))
                .collect(Collectors.toList());
    }

    private static URI addressOfNobody() {
        try (TestServer gone = new TestServer(new Script())) {
            return gone.uri();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

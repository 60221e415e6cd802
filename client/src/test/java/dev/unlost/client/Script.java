package dev.unlost.client;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Answers one request after the other as it was told, whatever they are. */
final class Script implements TestServer.Handler {

    private final Queue<TestServer.Handler> answers = new ConcurrentLinkedQueue<>();

    @Override
    public void handle(TestServer.Request request, HttpExchange exchange) throws IOException {
        TestServer.Handler next = answers.poll();
        if (next == null) {
            TestServer.answer(exchange, 418, problem("script-ended", "nobody expected " + request));
        } else {
            next.handle(request, exchange);
        }
    }

    Script then(TestServer.Handler handler) {
        answers.add(handler);
        return this;
    }

    Script thenAnswer(int status, String body, String... headers) {
        return then((request, exchange) -> TestServer.answer(exchange, status, body, headers));
    }

    Script thenProblem(int status, String code, String... headers) {
        return thenAnswer(status, problem(code, "as the script says"), headers);
    }

    /** The connection breaks before the answer. */
    Script thenLoseAnswer() {
        return then((request, exchange) -> {});
    }

    /** A stream of these events, which then ends. */
    Script thenStream(String... pieces) {
        return then((request, exchange) -> write(exchange, pieces));
    }

    /** A stream of these events, which then stays open and silent. */
    Script thenOpenStream(String... pieces) {
        return then((request, exchange) -> {
            write(exchange, pieces);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void write(HttpExchange exchange, String... pieces) throws IOException {
        OutputStream stream = TestServer.stream(exchange);
        for (String piece : pieces) {
            stream.write(piece.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }

    static String problem(String code, String detail) {
        return """
                {"type":"/problems/%1$s","title":"%1$s","status":0,"detail":"%2$s","code":"%1$s"}""".formatted(code, detail);
    }

    /** A customer with that phone number. */
    static String customer(String id, long version, String phone) {
        return """
                {"id":"%s","factoryId":"f-1","version":%d,"name":"Acme","contactName":null,"contactTitle":null,\
                "email":null,"phone":"%s","address":null,"tags":["a","b"],"notes":null,\
                "createdAt":"2026-11-22T10:00:00.000001Z","createdBy":"u-1",\
                "updatedAt":"2026-11-22T10:15:30.%06dZ","updatedBy":"u-2"}""".formatted(id, version, phone, version);
    }

    /** A conflict over a phone number. */
    static String conflict(String id, String reason, long expected, long actual, String current) {
        return """
                {"type":"/problems/version-conflict","title":"Edit conflict","status":409,\
                "detail":"customer %1$s was changed by Ann since version %3$d; it is now at version %4$d.",\
                "error":"Conflict","code":"OPTIMISTIC_LOCK_CONFLICT","hint":"Stale version. Refetch and retry.",\
                "conflict":{"entityId":"%1$s","entityType":"customer","reason":"%2$s",\
                "expectedVersion":%3$d,"actualVersion":%4$d,\
                "updatedAt":"2026-11-22T10:15:30.123456Z","updatedBy":"u-1",\
                "updatedByInfo":{"id":"u-1","email":"ann@example.com","nickname":"Ann"},\
                "changes":[{"field":"phone","base":"+1","theirs":"+2","yours":"+3","overlaps":true,\
                "version":6,"changedBy":"u-1","changedAt":"2026-11-22T10:15:30.123456Z"}],\
                "overlappingFields":["phone"],"mergeable":false,"current":%5$s}}""".formatted(id, reason, expected, actual, current);
    }

    /** An event of the feed. */
    static String change(String cursor, String id, long version, String action) {
        return """
                id: %s
                event: change
                data: {"type":"customer","id":"%s","factoryId":"f-1","action":"%s","changedKeys":["phone"],\
                "version":%d,"ts":"2026-11-22T10:15:30.123456Z","actor":"u-1"}

                """.formatted(cursor, id, action, version);
    }

    /** {@code synced} or {@code heartbeat}. */
    static String sign(String cursor, String event) {
        return "id: %s\nevent: %s\ndata: {}\n\n".formatted(cursor, event);
    }
}

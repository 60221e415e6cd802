package dev.unlost.client;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Customers and their feed, as the service answers over HTTP; in memory, so that it can be made to fail at will. */
final class InMemoryService implements TestServer.Handler {

    /** What goes wrong with a request. */
    enum Fault {
        NONE,
        /** The request never arrives. */
        LOST_REQUEST,
        /** The request is carried out, and nobody learns of it. */
        LOST_ANSWER,
        UNAVAILABLE
    }

    private record Outcome(
            String request, int status, @Nullable String body) {}

    private record LogEntry(String cursor, String json) {}

    private static final List<String> FIELDS =
            List.of("name", "contactName", "contactTitle", "email", "phone", "address", "tags", "notes");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, ObjectNode> records = new TreeMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final List<LogEntry> log = new ArrayList<>();
    private int epoch = 1;
    private int generation;
    private volatile Function<TestServer.Request, Fault> faults = request -> Fault.NONE;

    /** @param chooser is asked before each request but the feed's; may also do something in between */
    void faults(Function<TestServer.Request, Fault> chooser) {
        faults = chooser;
    }

    /** Ends all streams of the feed. */
    void dropStreams() {
        lock.lock();
        try {
            generation++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Becomes another database: no records, and no cursor of before is known. */
    void becomeAnother() {
        lock.lock();
        try {
            epoch++;
            records.clear();
            log.clear();
            generation++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a version of a record, creating it where there is none. */
    void put(String id, String notes) {
        lock.lock();
        try {
            ObjectNode before = records.get(id);
            ObjectNode patch = Json.object().put("name", id).put("notes", notes);
            append(id, before, patch, before == null ? "create" : "update");
        } finally {
            lock.unlock();
        }
    }

    void delete(String id) {
        lock.lock();
        try {
            append(id, records.get(id), Json.object(), "delete");
        } finally {
            lock.unlock();
        }
    }

    /** Tells that a record of the same type and id was deleted, which is another one, as it is of a namespace. */
    void tellOfDeletionIn(String namespace, String id, long version) {
        lock.lock();
        try {
            String at = Instant.ofEpochSecond(1_800_000_000L).toString();
            tell(change("customer", id, "delete", version, at).put("namespace", namespace));
        } finally {
            lock.unlock();
        }
    }

    /** @return by id, the version; deleted records too */
    Map<String, Long> versions() {
        lock.lock();
        try {
            Map<String, Long> versions = new TreeMap<>();
            records.forEach((id, record) -> versions.put(id, version(record)));
            return versions;
        } finally {
            lock.unlock();
        }
    }

    /** @return by id, the records that are not deleted */
    Map<String, Versioned<Customer>> present() {
        lock.lock();
        try {
            Map<String, Versioned<Customer>> present = new TreeMap<>();
            records.forEach((id, record) -> {
                if (!deleted(record)) {
                    present.put(id, Resource.CUSTOMERS.read(record));
                }
            });
            return present;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void handle(TestServer.Request request, HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        if (uri.getPath().equals("/api/changes")) {
            feed(request, uri, exchange);
            return;
        }
        Fault fault = faults.apply(request);
        switch (fault) {
            case LOST_REQUEST -> {}
            case UNAVAILABLE -> TestServer.answer(exchange, 503, Script.problem("unavailable", "not now"));
            case LOST_ANSWER -> outcome(request, uri);
            case NONE -> {
                Outcome outcome = outcome(request, uri);
                TestServer.answer(exchange, outcome.status(), outcome.body());
            }
        }
    }

    private Outcome outcome(TestServer.Request request, URI uri) {
        lock.lock();
        try {
            String key = request.header("Idempotency-Key");
            String text = request + " " + request.header("If-Match") + " " + request.body();
            Outcome known = key == null ? null : outcomes.get(key);
            if (known != null) {
                return known.request().equals(text)
                        ? known
                        : new Outcome(text, 422, Script.problem("idempotency-key-reused", "another request"));
            }
            Outcome outcome = carryOut(request, uri, text);
            if (key != null && outcome.status() < 300) {
                outcomes.put(key, outcome);
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private Outcome carryOut(TestServer.Request request, URI uri, String text) {
        String id = uri.getPath().substring("/api/customers".length()).replace("/", "");
        if (id.isEmpty()) {
            return new Outcome(text, 200, list(parameters(uri)));
        }
        ObjectNode before = records.get(id);
        if (request.method().equals("GET")) {
            if (before == null) {
                return new Outcome(text, 404, Script.problem("not-found", "no " + id));
            }
            return deleted(before) ? new Outcome(text, 410, gone(before)) : new Outcome(text, 200, before.toString());
        }
        if (request.method().equals("PUT") && request.header("If-None-Match") != null) {
            return before == null
                    ? new Outcome(text, 201, append(id, null, Json.parse(request.body(), "a body"), "create"))
                    : new Outcome(text, 409, Script.conflict(id, "exists", 0, version(before), before.toString()));
        }
        if (before == null) {
            return new Outcome(text, 404, Script.problem("not-found", "no " + id));
        }
        long expected = Long.parseLong(
                Objects.requireNonNull(request.header("If-Match")).replace("\"", ""));
        if (expected != version(before) || deleted(before)) {
            String reason = deleted(before) ? "deleted" : "stale";
            return new Outcome(text, 409, Script.conflict(id, reason, expected, version(before), before.toString()));
        }
        if (request.method().equals("DELETE")) {
            append(id, before, Json.object(), "delete");
            return new Outcome(text, 204, null);
        }
        return new Outcome(text, 200, append(id, before, Json.parse(request.body(), "a body"), "update"));
    }

    private String append(String id, @Nullable ObjectNode before, ObjectNode patch, String action) {
        long version = before == null ? 1 : version(before) + 1;
        String at = Instant.ofEpochSecond(1_800_000_000L + log.size()).toString();
        ObjectNode now = Json.object().put("id", id).put("factoryId", "f-1").put("version", version);
        for (String field : FIELDS) {
            JsonNode kept = before == null ? null : before.get(field);
            JsonNode value = patch.has(field) ? patch.get(field) : kept;
            now.set(field, value == null ? Json.object().nullNode() : value);
        }
        now.put("createdAt", before == null ? at : before.path("createdAt").asString());
        now.put("createdBy", "u-1").put("updatedAt", at).put("updatedBy", "u-1");
        if (action.equals("delete")) {
            now.put("deleted", true);
        }
        records.put(id, now);
        tell(change("customer", id, action, version, at));
        return now.toString();
    }

    private static ObjectNode change(String type, String id, String action, long version, String at) {
        ObjectNode change = Json.object();
        change.put("type", type).put("id", id).put("factoryId", "f-1").put("action", action);
        change.putArray("changedKeys");
        return change.put("version", version).put("ts", at).put("actor", "u-1");
    }

    private void tell(ObjectNode change) {
        log.add(new LogEntry(epoch + "-" + (log.size() + 1), change.toString()));
        news.signalAll();
    }

    private String list(Map<String, String> parameters) {
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "50"));
        String after = parameters.getOrDefault("after", "");
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray("items");
        page.putNull("next");
        String last = "";
        for (Map.Entry<String, ObjectNode> entry : records.entrySet()) {
            if (entry.getKey().compareTo(after) > 0 && !deleted(entry.getValue())) {
                if (items.size() == limit) {
                    page.put("next", last);
                    break;
                }
                items.add(entry.getValue());
                last = entry.getKey();
            }
        }
        return page.toString();
    }

    private void feed(TestServer.Request request, URI uri, HttpExchange exchange) throws IOException {
        String since = request.header("Last-Event-ID");
        if (since == null) {
            since = parameters(uri).get("since");
        }
        Place place = place(since);
        try (OutputStream stream = TestServer.stream(exchange)) {
            while (true) {
                String news = next(place);
                if (news == null) {
                    return;
                }
                write(stream, news);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where a stream is. */
    private static final class Place {
        private final int generation;
        private boolean reset;
        private boolean synced;
        private int position;

        Place(int generation, int position) {
            this.generation = generation;
            this.position = position;
        }
    }

    private Place place(@Nullable String since) {
        lock.lock();
        try {
            Place place = new Place(generation, log.size());
            if (since != null && since.equals("0")) {
                place.position = 0;
            } else if (since != null && since.startsWith(epoch + "-")) {
                place.position = Integer.parseInt(since.substring(since.indexOf('-') + 1));
            } else {
                place.reset = since != null;
            }
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** @return what is to be sent next, once there is something; null where the stream is to end */
    private @Nullable String next(Place place) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (place.generation == generation) {
                if (place.reset) {
                    place.reset = false;
                    return "event: reset\ndata: {}\n\n";
                }
                if (place.position < log.size()) {
                    LogEntry entry = log.get(place.position++);
                    return "id: %s\nevent: change\ndata: %s\n\n".formatted(entry.cursor(), entry.json());
                }
                if (!place.synced) {
                    place.synced = true;
                    return Script.sign(epoch + "-" + place.position, "synced");
                }
                news.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private static void write(OutputStream stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    private static String gone(ObjectNode record) {
        ObjectNode problem = Json.parse(Script.problem("deleted", "was deleted"), "a problem");
        return problem.put("version", version(record)).toString();
    }

    private static long version(ObjectNode record) {
        return record.path("version").asLong();
    }

    private static boolean deleted(ObjectNode record) {
        return record.path("deleted").asBoolean(false);
    }

    private static Map<String, String> parameters(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        if (uri.getQuery() != null) {
            for (String parameter : uri.getQuery().split("&", -1)) {
                int equals = parameter.indexOf('=');
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return parameters;
    }
}

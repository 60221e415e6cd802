package dev.unlost.client.example;

import dev.unlost.client.Change;
import dev.unlost.client.Customer;
import dev.unlost.client.FeedEvent;
import dev.unlost.client.GoneException;
import dev.unlost.client.Query;
import dev.unlost.client.Records;
import dev.unlost.client.Subscription;
import dev.unlost.client.UnlostClient;
import dev.unlost.client.VersionGate;
import dev.unlost.client.Versioned;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Keeps a copy of all customers from the feed and drops what it knows already, by hand: the steps are those of any
 * consumer, whatever brings it the news and wherever it keeps the copy. {@code customers().live()} takes them by itself.
 */
public final class LiveCopy {

    // region live-copy
    private final Map<String, Versioned<Customer>> copy = new ConcurrentHashMap<>();
    private final VersionGate<String> gate = VersionGate.unbounded();
    private boolean listed;

    void take(FeedEvent event) {
        switch (event) {
            case FeedEvent.Synced synced -> {
                if (!listed) {
                    list(); // the place in the feed is taken: what happens from here on will be told
                }
            }
            case FeedEvent.Reset reset -> list(); // the service cannot tell what was missed
            case FeedEvent.Changed changed -> take(changed.change());
            case FeedEvent.Heartbeat heartbeat -> {}
            case FeedEvent.Disconnected lost ->
                out.println("lost: " + lost.cause().getMessage());
        }
    }

    private void list() {
        gate.clear();
        copy.clear();
        customers.stream(Query.all()).forEach(this::put);
        listed = true;
        out.println("copied " + copy.size() + " customers");
    }

    private void take(Change change) {
        switch (gate.offer(change.id(), change.version())) {
            case DROP -> {} // known already, from the list or from a later read
            case APPLY, REFETCH -> refetch(change); // the feed says that something changed, not what is there now
        }
    }

    private void refetch(Change change) {
        try {
            put(customers.get(change.id()));
        } catch (GoneException deleted) {
            gate.advance(change.id(), deleted.version());
            copy.remove(change.id());
        }
        out.println(change.action() + " " + change.id() + " to version " + change.version() + " by " + change.actor());
    }

    private void put(Versioned<Customer> customer) {
        gate.advance(customer.id(), customer.version());
        copy.put(customer.id(), customer);
    }
    // endregion

    private final Records<Customer> customers;
    private final PrintStream out;

    LiveCopy(Records<Customer> customers, PrintStream out) {
        this.customers = customers;
        this.out = out;
    }

    Map<String, Versioned<Customer>> copy() {
        return copy;
    }

    /**
     * Runs until it is stopped.
     *
     * @param args the service's address, and the factory to read as somebody of; in its development profile, in which it
     *     gives a token to anybody
     */
    public static void main(String[] args) {
        URI service = URI.create(args[0]);
        String factory = args[1];
        try (UnlostClient client = UnlostClient.of(service)
                .token(() -> developmentToken(service, factory))
                .build()) {
            LiveCopy copy = new LiveCopy(client.customers(), System.out);
            Subscription subscription = client.changes().ofType("customer").subscribe(copy::take);
            subscription.completion().join();
        }
    }

    private static String developmentToken(URI service, String factory) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("sub", "live-copy")
                .put("nickname", "Live copy")
                .put("factoryId", factory)
                .put("scope", "records:read")
                .toString();
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/dev/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JsonMapper.shared().readTree(answer).path("access_token").stringValue();
        } catch (IOException e) {
            throw new IllegalStateException("no token from " + service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for a token", e);
        }
    }
}

package dev.unlost.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The feed of changes of the token's factory: each once, in the order of the log, with no gap; per record the versions
 * are 1, 2, 3, … Immutable: each method that narrows it answers with another one.
 */
public final class Changes {

    private static final String PATH = "/api/changes";

    private final Subscriptions subscriptions;
    private final Map<String, String> filters;
    private final @Nullable String cursor;

    Changes(Subscriptions subscriptions) {
        this(subscriptions, Map.of(), null);
    }

    private Changes(Subscriptions subscriptions, Map<String, String> filters, @Nullable String cursor) {
        this.subscriptions = subscriptions;
        this.filters = filters;
        this.cursor = cursor;
    }

    /** @return of records of this type only, e.g. {@code customer} */
    public Changes ofType(String type) {
        return filtered("type", type);
    }

    /** @return of the record with this id only */
    public Changes ofId(String id) {
        return filtered("id", id);
    }

    /** @return from the first change there ever was; without this or {@link #after}, from now */
    public Changes fromBeginning() {
        return after("0");
    }

    /** @param kept the cursor that came with the last event that was handled */
    public Changes after(String kept) {
        return new Changes(subscriptions, filters, kept);
    }

    /**
     * Begins to listen, on a virtual thread of its own, and goes on until it is closed: lost connections are made again,
     * on the next node where need be, and continue where they were.
     *
     * @param listener gets the events one by one. What it throws ends the subscription, as going on would skip the event
     */
    public Subscription subscribe(Consumer<? super FeedEvent> listener) {
        return subscriptions.start(this, listener);
    }

    /**
     * @return the changes since the cursor of {@link #after}, as many as the service gives at once; where this has none,
     *     no change, and the cursor of now
     * @throws FeedResetException if it cannot go on from the cursor
     * @throws InvalidRequestException if the service cannot read the cursor
     */
    public ChangesPage page() {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        if (cursor != null) {
            parameters.put("since", cursor);
        }
        return ChangesPage.of(subscriptions.transport().exchange(Call.read(PATH + Addresses.query(parameters))));
    }

    /** @param resume the cursor to go on from; null for where these changes begin */
    Call stream(@Nullable String resume) {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        if (resume == null && cursor != null) {
            parameters.put("since", cursor);
        }
        Call call = Call.read(PATH + Addresses.query(parameters)).with("Accept", "text/event-stream");
        return resume == null ? call : call.with("Last-Event-ID", resume);
    }

    /** @return the same from now on, whatever they began with */
    Changes fromNow() {
        return new Changes(subscriptions, filters, null);
    }

    private Changes filtered(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(filters);
        more.put(name, value);
        return new Changes(subscriptions, more, cursor);
    }

    /**
     * What subscriptions need, and those that are open.
     *
     * @param silence after how long without a byte a connection counts as lost
     */
    record Subscriptions(
            Transport transport, Duration silence, RetryPolicy policy, Timing timing, OpenSubscriptions open) {

        Subscription start(Changes changes, Consumer<? super FeedEvent> listener) {
            Subscription subscription = new Subscription(this, changes, listener);
            open.add(subscription);
            subscription.start();
            return subscription;
        }
    }
}

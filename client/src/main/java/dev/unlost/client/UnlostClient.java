package dev.unlost.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of the service, acting for one person in one factory. It is made once, used by many threads, and closed at the
 * end.
 *
 * <p>It does not ask any clock what time it is; times come from the service.
 */
public final class UnlostClient implements AutoCloseable {

    private final HttpClient http;
    private final boolean ownsHttp;
    private final Engine engine;
    private final Records<Customer> customers;

    private UnlostClient(Builder builder) {
        ownsHttp = builder.http == null;
        http = builder.http != null
                ? builder.http
                : HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(builder.connectTimeout)
                        .build();
        Transport transport = new Transport(
                http,
                new Nodes(builder.nodes),
                new Tokens(builder.tokens),
                builder.answerTimeout,
                builder.calls,
                builder.retries,
                builder.timing);
        Changes.Subscriptions subscriptions = new Changes.Subscriptions(
                transport, builder.silence, builder.connections, builder.timing, new OpenSubscriptions());
        engine = new Engine(
                transport,
                builder.conflicts,
                builder.retries,
                builder.timing,
                () -> UUID.randomUUID().toString(),
                builder.cachedReads,
                subscriptions);
        customers = records(Resource.CUSTOMERS);
    }

    /**
     * @param nodes the addresses of the service, e.g. {@code https://records.example.com}; calls go to the first, and to
     *     the next where one does not answer
     */
    public static Builder of(URI... nodes) {
        return new Builder(List.of(nodes));
    }

    /** @return the customers */
    public Records<Customer> customers() {
        return customers;
    }

    /** @return the records of a metahub; to be kept, as what was read is cached in it */
    public Metahub metahub(String id) {
        return new Metahub(id, engine);
    }

    /** @return the records of another kind; to be kept, as what was read is cached in it */
    public <T> Records<T> records(Resource<T> resource) {
        return new Records<>(resource, engine);
    }

    /** @return the feed of changes of all records, from now */
    public Changes changes() {
        return new Changes(engine.subscriptions());
    }

    /** Ends all subscriptions and connections; calls under way end without an answer. */
    @Override
    public void close() {
        engine.subscriptions().open().closeAll();
        if (ownsHttp) {
            http.shutdownNow();
        }
    }

    /** How a client is to be. What is not set has a default that is named with it. */
    public static final class Builder {

        private final List<URI> nodes;
        private @Nullable Supplier<String> tokens;
        private @Nullable HttpClient http;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration answerTimeout = Duration.ofSeconds(30);
        private Duration silence = Duration.ofSeconds(45);
        private RetryPolicy calls = RetryPolicy.CALLS;
        private RetryPolicy conflicts = RetryPolicy.CONFLICTS;
        private RetryPolicy connections = RetryPolicy.CONNECTIONS;
        private RetryListener retries = (cause, attempt, delay) -> {};
        private int cachedReads;
        private Timing timing = Timing.SYSTEM;

        private Builder(List<URI> nodes) {
            this.nodes = nodes;
        }

        /**
         * @param supplier gives an access token, without {@code Bearer}; asked for the first call, and again whenever the
         *     service refuses the one before. All are of one person in one factory. What it throws reaches the caller.
         *     Default: calls without a token
         */
        public Builder token(Supplier<String> supplier) {
            tokens = supplier;
            return this;
        }

        /** @param timeout how long a connection may take to be made; default 5 s. Not for a given {@code HttpClient} */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /** @param timeout how long an answer may take; default 30 s. Later it counts as lost, and the call is repeated */
        public Builder answerTimeout(Duration timeout) {
            answerTimeout = timeout;
            return this;
        }

        /**
         * @param timeout how long the feed may be silent before its connection counts as lost; default 45 s, three of the
         *     service's heartbeats
         */
        public Builder heartbeatTimeout(Duration timeout) {
            silence = timeout;
            return this;
        }

        /** @param policy of calls whose answer got lost or that are to be repeated; default {@link RetryPolicy#CALLS} */
        public Builder callRetries(RetryPolicy policy) {
            calls = policy;
            return this;
        }

        /** @param policy of updates that met with a conflict; default {@link RetryPolicy#CONFLICTS} */
        public Builder conflictRetries(RetryPolicy policy) {
            conflicts = policy;
            return this;
        }

        /**
         * @param policy of the feed's connection; default {@link RetryPolicy#CONNECTIONS}. Its bounds do not count: a
         *     subscription goes on until it is closed
         */
        public Builder connectionRetries(RetryPolicy policy) {
            connections = policy.withAttempts(Integer.MAX_VALUE).withTime(RetryPolicy.CONNECTIONS.time());
            return this;
        }

        /** @param listener learns of everything that is tried again, on the thread that tries; default: nobody does */
        public Builder retryListener(RetryListener listener) {
            retries = listener;
            return this;
        }

        /**
         * @param records how many records of each kind to keep, so that those unchanged since need not be sent again; they
         *     are asked for all the same. Default 0
         */
        public Builder cacheReads(int records) {
            cachedReads = records;
            return this;
        }

        /** @param client brings its own trust, proxy and connect timeout, and is not closed with this one */
        public Builder httpClient(HttpClient client) {
            http = client;
            return this;
        }

        Builder timing(Timing other) {
            timing = other;
            return this;
        }

        /** @throws IllegalArgumentException if there is no address */
        public UnlostClient build() {
            return new UnlostClient(this);
        }
    }
}

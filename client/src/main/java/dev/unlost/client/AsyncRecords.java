package dev.unlost.client;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link Records} for those who do not wait: each runs on a virtual thread of its own and completes the
 * future with its answer, or with the exception that the waiting call throws. Cancelling a future interrupts its call; a
 * write may have been made all the same.
 *
 * @param <T> the contents
 */
public final class AsyncRecords<T> {

    private final Records<T> records;

    AsyncRecords(Records<T> records) {
        this.records = records;
    }

    /** @return as {@link Records#with} */
    public AsyncRecords<T> with(WriteOptions others) {
        return new AsyncRecords<>(records.with(others));
    }

    /** @return as {@link Records#create} */
    public CompletableFuture<Versioned<T>> create(T value) {
        return run(() -> records.create(value));
    }

    /** @return as {@link Records#createAt} */
    public CompletableFuture<Versioned<T>> createAt(String id, T value) {
        return run(() -> records.createAt(id, value));
    }

    /** @return as {@link Records#get} */
    public CompletableFuture<Versioned<T>> get(String id) {
        return run(() -> records.get(id));
    }

    /** @return as {@link Records#page} */
    public CompletableFuture<Page<Versioned<T>>> page(Query query, @Nullable String after) {
        return run(() -> records.page(query, after));
    }

    /** @return as {@link Records#update(String, UnaryOperator)} */
    public CompletableFuture<Versioned<T>> update(String id, UnaryOperator<T> change) {
        return run(() -> records.update(id, change));
    }

    /** @return as {@link Records#update(Versioned, UnaryOperator)} */
    public CompletableFuture<Versioned<T>> update(Versioned<T> seen, UnaryOperator<T> change) {
        return run(() -> records.update(seen, change));
    }

    /** @return as {@link Records#updateAt(String, long, Patch)} */
    public CompletableFuture<Versioned<T>> updateAt(String id, long version, Patch<T> patch) {
        return run(() -> records.updateAt(id, version, patch));
    }

    /** @return as {@link Records#updateAt(Versioned, UnaryOperator)} */
    public CompletableFuture<Versioned<T>> updateAt(Versioned<T> seen, UnaryOperator<T> change) {
        return run(() -> records.updateAt(seen, change));
    }

    /** @return as {@link Records#replace} */
    public CompletableFuture<Versioned<T>> replace(String id, long version, T value) {
        return run(() -> records.replace(id, version, value));
    }

    /** @return as {@link Records#delete} */
    public CompletableFuture<@Nullable Void> delete(String id, long version) {
        return run(() -> {
            records.delete(id, version);
            return null;
        });
    }

    /** @return as {@link Records#restore} */
    public CompletableFuture<Versioned<T>> restore(String id, long version, long toVersion) {
        return run(() -> records.restore(id, version, toVersion));
    }

    /** @return as {@link Records#versionAt(String, long)} */
    public CompletableFuture<Versioned<T>> versionAt(String id, long version) {
        return run(() -> records.versionAt(id, version));
    }

    /** @return as {@link Records#versionAt(String, Instant)} */
    public CompletableFuture<Versioned<T>> versionAt(String id, Instant time) {
        return run(() -> records.versionAt(id, time));
    }

    /** @return as {@link Records#historyPage} */
    public CompletableFuture<Page<HistoryEntry>> historyPage(String id, @Nullable String after, int limit) {
        return run(() -> records.historyPage(id, after, limit));
    }

    /** @return as {@link Records#diff} */
    public CompletableFuture<Difference> diff(String id, long from, long to) {
        return run(() -> records.diff(id, from, to));
    }

    private static <R extends @Nullable Object> CompletableFuture<R> run(Supplier<R> call) {
        Running<R> answer = new Running<>();
        answer.thread = Thread.ofVirtual().name("unlost-call").start(() -> {
            try {
                answer.complete(call.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static final class Running<R extends @Nullable Object> extends CompletableFuture<R> {
        private @Nullable Thread thread;

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled && thread != null) {
                thread.interrupt();
            }
            return cancelled;
        }
    }
}

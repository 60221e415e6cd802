package dev.unlost.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of one kind. Every change says which version it was based on, and every write can be repeated without being
 * made twice: no edit is lost, neither others' nor one's own.
 *
 * <p>Calls wait for their answer; {@link #async()} has the same calls for those who cannot. All may be used by many
 * threads at once.
 *
 * <p>Besides what a method names, every call may throw {@link NoAnswerException}, {@link UnavailableException},
 * {@link RateLimitedException} (each after trying again, within the client's bounds), {@link UnauthorizedException},
 * {@link ForbiddenException}, {@link ServerFaultException}, {@link InvalidRequestException} and
 * {@link UnexpectedAnswerException}; and every write {@link ValidationFailedException} and {@link InProgressException}.
 *
 * @param <T> the contents
 */
public final class Records<T> {

    private final Resource<T> resource;
    private final Engine engine;
    private final WriteOptions options;
    private final ReadCache<T> cache;

    Records(Resource<T> resource, Engine engine) {
        this(resource, engine, WriteOptions.USUAL, new ReadCache<>(engine.cachedReads()));
    }

    private Records(Resource<T> resource, Engine engine, WriteOptions options, ReadCache<T> cache) {
        this.resource = resource;
        this.engine = engine;
        this.options = options;
        this.cache = cache;
    }

    /** @return the same records, written to with these options */
    public Records<T> with(WriteOptions others) {
        return new Records<>(resource, engine, others, cache);
    }

    /** @return the same calls, not waiting for their answer */
    public AsyncRecords<T> async() {
        return new AsyncRecords<>(this);
    }

    /** @return a copy of all of these records that is kept current by the feed; to be closed */
    public LiveCollection<T> live() {
        // without a cache, whose versions could be those of a database that was replaced by its backup
        return LiveCollection.start(resource, new Records<>(resource, engine, options, new ReadCache<>(0)), engine);
    }

    /** Creates a record at an id of the service's choice. */
    public Versioned<T> create(T value) {
        return write(Call.write("POST", resource.path(), resource.codec().write(value), key()));
    }

    /**
     * Creates a record at an id of the caller's choice.
     *
     * @throws ConflictException if there is or was a record with that id
     */
    public Versioned<T> createAt(String id, T value) {
        return write(Call.write("PUT", resource.pathOf(id), resource.codec().write(value), key())
                .with("If-None-Match", "*"));
    }

    /**
     * Reads a record; never older than any write that was answered before.
     *
     * @throws NotFoundException if there never was one
     * @throws GoneException if it was deleted
     */
    public Versioned<T> get(String id) {
        Call call = Call.read(resource.pathOf(id));
        Optional<Versioned<T>> known = cache.find(id);
        Answer answer = engine.transport()
                .exchange(known.map(record -> call.with("If-None-Match", tag(record.version())))
                        .orElse(call));
        if (answer.status() == 304 && known.isPresent()) {
            return known.get();
        }
        return kept(resource.read(answer.json()));
    }

    /** @return the record; empty if there never was one, or it was deleted */
    public Optional<Versioned<T>> find(String id) {
        try {
            return Optional.of(get(id));
        } catch (NotFoundException | GoneException absent) {
            return Optional.empty();
        }
    }

    /**
     * @param after where the page before ended; null for the first
     * @throws InvalidRequestException if the service has no such filter or order
     */
    public Page<Versioned<T>> page(Query query, @Nullable String after) {
        return page(resource.path(), query.parameters(), after, item -> resource.read(item.object()));
    }

    /**
     * @return all records that the query asks for, read page by page as they are needed. One that changes meanwhile can
     *     come twice, or not at all if it moves to where has been read already; {@link #live()} has no such gap
     */
    public Stream<Versioned<T>> stream(Query query) {
        return pages(after -> page(query, after));
    }

    /**
     * Reads the record, applies the change, and sends what differs. Where somebody else was faster, does so again, based
     * on what they made of it.
     *
     * @param change makes new contents of the ones there are; may be called often, and must not change anything else
     * @return the new record; the one there is, if the change changes nothing
     * @throws ConflictException if others were faster each time, within the client's bounds, or the record was deleted
     *     meanwhile
     * @throws NotFoundException if there never was such a record
     * @throws GoneException if it was deleted
     * @throws IllegalStateException if there is a caller's idempotency key, as each attempt is another request
     */
    public Versioned<T> update(String id, UnaryOperator<T> change) {
        requireOwnKeys();
        Versioned<T> current = get(id);
        ObjectNode patch = resource.difference(current.value(), change.apply(current.value()));
        return patch.isEmpty() ? current : update(current, patch, change);
    }

    /**
     * As {@link #update(String, UnaryOperator)}, beginning with what was read before instead of reading.
     *
     * @param seen the record as it was read; where it is out of date, the first attempt is a conflict
     */
    public Versioned<T> update(Versioned<T> seen, UnaryOperator<T> change) {
        requireOwnKeys();
        // sent even if it is empty: the service knows whether there is still nothing to change
        return update(seen, resource.difference(seen.value(), change.apply(seen.value())), change);
    }

    private Versioned<T> update(Versioned<T> seen, ObjectNode firstPatch, UnaryOperator<T> change) {
        Attempts attempts = new Attempts(engine.conflicts(), engine.timing());
        String id = seen.id();
        Versioned<T> base = seen;
        ObjectNode patch = firstPatch;
        while (true) {
            try {
                return updateAt(id, base.version(), patch);
            } catch (ConflictException conflict) {
                base = afterConflict(conflict, id, base, attempts);
            }
            patch = resource.difference(base.value(), change.apply(base.value()));
        }
    }

    /**
     * At first what the conflict brought is used at once. Who meets a second one waits, so that the others get on, and
     * reads again, as what came before the wait would be out of date.
     */
    private Versioned<T> afterConflict(ConflictException conflict, String id, Versioned<T> base, Attempts attempts) {
        Conflict.Reason reason = conflict.conflict().reason();
        boolean hopeless = reason == Conflict.Reason.DELETED || reason == Conflict.Reason.EXISTS;
        int made = attempts.made();
        boolean again = !hopeless
                && (made == 1
                        ? attempts.another()
                        : attempts.anotherWithin(Duration.ZERO)
                                .map(delay -> pause(delay, conflict, made))
                                .isPresent());
        if (!again) {
            throw made == 1 ? conflict : conflict.after(made, "update of " + resource.type() + " " + id);
        }
        if (made == 1) {
            engine.retries().retrying(conflict, made, Duration.ZERO);
            Optional<Versioned<T>> told = conflict.conflict().current(resource);
            if (told.isPresent() && told.get().version() != base.version()) {
                return told.get();
            }
        }
        return get(id);
    }

    /** Makes a change to one version of the record, for those who decide themselves what to do about a conflict. */
    private Versioned<T> updateAt(String id, long version, ObjectNode patch) {
        Call call = Call.write("PATCH", resource.pathOf(id), patch, key()).with("If-Match", tag(version));
        return write(options.mergesDisjoint() ? call.with("Prefer", "merge=disjoint") : call);
    }

    /**
     * Sets some members of a record, for those who decide themselves what to do about a conflict.
     *
     * @param version the version that the change is based on
     * @throws ConflictException if the record is at another one
     * @throws NotFoundException if there never was such a record
     */
    public Versioned<T> updateAt(String id, long version, Patch<T> patch) {
        return updateAt(id, version, patch.toJson());
    }

    /**
     * Makes a change to what was read, for those who decide themselves what to do about a conflict.
     *
     * @throws ConflictException if the record was changed since
     */
    public Versioned<T> updateAt(Versioned<T> seen, UnaryOperator<T> change) {
        return updateAt(seen.id(), seen.version(), resource.difference(seen.value(), change.apply(seen.value())));
    }

    /**
     * Replaces a record whole. Members that {@code T} does not have are cleared; {@link #updateAt} leaves them alone.
     *
     * @param version the version that this is based on
     * @throws ConflictException if the record is at another one
     * @throws NotFoundException if there never was such a record
     */
    public Versioned<T> replace(String id, long version, T value) {
        return write(Call.write("PUT", resource.pathOf(id), resource.codec().write(value), key())
                .with("If-Match", tag(version)));
    }

    /**
     * Deletes a record; its history stays. The deletion is a version of its own, the one after that it is based on.
     *
     * @param version the version that this is based on
     * @throws ConflictException if the record is at another one, or was deleted before
     * @throws NotFoundException if there never was such a record
     */
    public void delete(String id, long version) {
        engine.transport()
                .exchange(Call.write("DELETE", resource.pathOf(id), null, key()).with("If-Match", tag(version)));
        cache.forget(id);
    }

    /**
     * Makes a new version with the contents of an old one; also brings back a deleted record.
     *
     * @param version the version that this is based on; of a deleted record the deletion's
     * @param toVersion the version whose contents are wanted
     * @throws ConflictException if the record is at another version
     * @throws NotFoundException if there never was such a record
     * @throws ValidationFailedException if there never was such a version of it
     */
    public Versioned<T> restore(String id, long version, long toVersion) {
        ObjectNode body = Json.object().put("toVersion", toVersion);
        return write(Call.write("POST", resource.pathOf(id) + "/restore", body, key())
                .with("If-Match", tag(version)));
    }

    /**
     * @return the record as it was at that version, deleted since or not
     * @throws NotFoundException if it never had that version
     */
    public Versioned<T> versionAt(String id, long version) {
        return past(id, Map.of("version", Long.toString(version)));
    }

    /**
     * @return the record as it was at that time
     * @throws NotFoundException if it did not exist yet
     */
    public Versioned<T> versionAt(String id, Instant time) {
        return past(id, Map.of("at", time.toString()));
    }

    /**
     * @param after where the page before ended; null for the first
     * @param limit the most entries to answer with, 1 to 200
     * @return changes of the record, newest first
     * @throws NotFoundException if there never was such a record
     */
    public Page<HistoryEntry> historyPage(String id, @Nullable String after, int limit) {
        return page(
                resource.pathOf(id) + "/history", Map.of("limit", Integer.toString(limit)), after, HistoryEntry::of);
    }

    /**
     * @return every change of the record, newest first, read page by page as they are needed
     * @throws NotFoundException if there never was such a record
     */
    public Stream<HistoryEntry> history(String id) {
        return pages(after -> historyPage(id, after, 50));
    }

    /**
     * @return what differs between two versions
     * @throws NotFoundException if the record never had one of them
     */
    public Difference diff(String id, long from, long to) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from", Long.toString(from));
        parameters.put("to", Long.toString(to));
        return Difference.of(
                engine.transport().exchange(Call.read(resource.pathOf(id) + "/diff" + Addresses.query(parameters))));
    }

    private Versioned<T> past(String id, Map<String, String> parameters) {
        Answer answer = engine.transport().exchange(Call.read(resource.pathOf(id) + Addresses.query(parameters)));
        return resource.read(answer.json());
    }

    private <I> Page<I> page(
            String path, Map<String, String> parameters, @Nullable String after, Function<Members, I> reader) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (after != null) {
            all.put("after", after);
        }
        Members page = new Members(engine.transport()
                .exchange(Call.read(path + Addresses.query(all)))
                .json());
        return new Page<>(page.each("items", reader), page.textOrNull("next"));
    }

    private static <I> Stream<I> pages(Function<@Nullable String, Page<I>> reader) {
        return Stream.iterate(
                        Optional.of(reader.apply(null)),
                        Optional::isPresent,
                        page -> page.flatMap(Page::following).map(reader))
                .flatMap(Optional::stream)
                .flatMap(page -> page.items().stream());
    }

    private Versioned<T> write(Call call) {
        return kept(resource.read(engine.transport().exchange(call).json()));
    }

    private Versioned<T> kept(Versioned<T> record) {
        cache.keep(record);
        return record;
    }

    private Duration pause(Duration delay, ConflictException conflict, int made) {
        engine.retries().retrying(conflict, made, delay);
        try {
            engine.timing().sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw conflict;
        }
        return delay;
    }

    private String key() {
        return options.idempotencyKey().orElseGet(engine.keys());
    }

    private void requireOwnKeys() {
        if (options.idempotencyKey().isPresent()) {
            throw new IllegalStateException(
                    "an update may send several requests; a key of the caller's is for one, such as updateAt");
        }
    }

    private static String tag(long version) {
        return "\"" + version + "\"";
    }
}

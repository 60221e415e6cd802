package dev.unlost.versioning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked about the past of a record of any kind, deleted or not. All of it is answered from the events. The
 * factory comes with the message's {@link Origin}.
 */
public sealed interface RecordQuery {

    RecordKey key();

    /** The record as it was at that version; answered with an {@code Optional} of its {@link RecordView}. */
    record FindVersion(RecordKey key, long version) implements RecordQuery {}

    /** The record as it was at that time; answered with an {@code Optional} of its {@link RecordView}. */
    record FindAsOf(RecordKey key, Instant time) implements RecordQuery {}

    /**
     * A record's changes, newest first; answered with a {@link HistoryPage}.
     *
     * @param before only changes that made an earlier version than this; null to begin with the newest
     * @param limit the most to answer with, from 1
     */
    record ListHistory(RecordKey key, @Nullable Long before, int limit) implements RecordQuery {}

    /**
     * What differs between two versions; answered with an {@code Optional} {@link Comparison}, empty if the record never
     * had one of them.
     *
     * @param from the version compared; may be the later
     * @param to the version that it is compared with
     */
    record CompareVersions(RecordKey key, long from, long to) implements RecordQuery {}

    /** Who set what is there now; answered with an {@code Optional} {@link Blame}. */
    record ExplainFields(RecordKey key) implements RecordQuery {}

    /**
     * A stretch of a record's history.
     *
     * @param items newest first, with no version left out; empty only if there is no such record, or nothing before
     * @param next what the next page's changes are {@code before}; null on the last page
     */
    record HistoryPage(List<Recorded<?>> items, @Nullable Long next) {}

    /**
     * What differs between two versions.
     *
     * @param changes by field name, in the order of the record's fields, as plain JSON; only fields whose value differs
     */
    record Comparison(long from, long to, Map<String, Change<?>> changes) {}

    /**
     * For each field, the change that gave it the value it has.
     *
     * @param version the record's last
     * @param fields in the order of the record's fields; one that never had a value is missing
     */
    record Blame(long version, List<FieldOrigin> fields) {}

    /**
     * Where a field's value comes from.
     *
     * @param value as plain JSON; null where the last change took it away
     * @param version that the last change of the field made
     * @param updatedAt the time of that version
     * @param updatedBy the {@code sub} of who made it
     */
    record FieldOrigin(String field, @Nullable Object value, long version, Instant updatedAt, String updatedBy) {}
}

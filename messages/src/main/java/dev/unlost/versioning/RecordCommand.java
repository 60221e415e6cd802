package dev.unlost.versioning;

import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateVersion;
import org.jspecify.annotations.Nullable;

/**
 * A command to one record. An accepted command appends exactly one event, or none when it would change nothing.
 */
public interface RecordCommand {

    RecordKey key();

    ExpectedVersion expected();

    /**
     * @return the fields that the writer sent, by public name, as plain JSON; empty where the command has no fields
     */
    default Map<String, @Nullable Object> sent() {
        return Map.of();
    }

    /** @return whether the fields sent are the whole record, so that one equal to the writer's base is no edit */
    default boolean sendsWholeRecord() {
        return false;
    }

    /** @return whether the command deletes the record, and with it whatever others have made of it */
    default boolean deletes() {
        return false;
    }

    /**
     * @return whether a stale command is to be applied all the same, as long as it touches none of the fields that others
     *     have touched since
     */
    default boolean merges() {
        return false;
    }

    /**
     * @return the version whose contents the command brings back, from 1, which is the one command that a deleted record
     *     takes; null for any other
     */
    default @Nullable Long restores() {
        return null;
    }

    /** @return the read-only members that the writer sent back */
    default ReadOnlyMembers readOnly() {
        return ReadOnlyMembers.NONE;
    }

    @TargetAggregateIdentifier
    default String aggregateIdentifier() {
        return key().toString();
    }

    /**
     * Public versions count from 1, event sequence numbers from 0; this is where the one becomes the other.
     *
     * @return the sequence number of the event that the writer has seen last, or null where it must be looked up or is
     *     not asked for
     */
    @TargetAggregateVersion
    default @Nullable Long expectedSequence() {
        return expected() instanceof ExpectedVersion.Exactly exactly ? exactly.version() - 1 : null;
    }
}

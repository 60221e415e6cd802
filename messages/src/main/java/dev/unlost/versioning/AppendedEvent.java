package dev.unlost.versioning;

/**
 * An event that is about to be appended.
 *
 * @param after the record as the event leaves it
 */
public record AppendedEvent(RecordEvent event, RecordView<?> after) {}

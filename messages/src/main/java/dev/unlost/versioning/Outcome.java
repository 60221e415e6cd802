package dev.unlost.versioning;

/**
 * What came of a command that was accepted.
 *
 * @param view the whole record, as of the version that the command led to
 * @param merged whether it was applied over versions that its writer had not seen, as it had asked for
 * @param replayed whether it had been accepted before under the same key, and nothing was done this time
 */
public record Outcome(RecordView<?> view, boolean merged, boolean replayed) {}

package dev.unlost.feed.query;

/**
 * Which log this is, and how far it reaches.
 *
 * @param seal gives out this log's cursors
 * @param keptAfter the place of the last event that is no longer kept; the beginning where all are
 */
record LogState(Horizon horizon, CursorSeal seal, Position keptAfter) {}

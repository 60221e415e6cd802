package dev.unlost.feed;

/**
 * What a reader asks for.
 *
 * @param factoryId the only factory whose changes it is told
 */
public record FeedRequest(String factoryId, FeedStart start, FeedFilter filter) {}

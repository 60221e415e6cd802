package dev.unlost.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the changes after a place.
 *
 * @param next where the next page starts; never null, as there is always more to come
 * @param reset why the place that was asked for is none; null where it is one. Otherwise there are no items, and
 *     {@code next} is now
 */
public record FeedPage(
        List<FeedItem.Changed> items, String next, @Nullable ResetReason reset) {}

package dev.unlost.feed;

import java.util.Locale;

/** Why a cursor no longer names a place to go on from. */
public enum ResetReason {
    /** It was given out for another database, for this one before it was restored, or for another factory. */
    FOREIGN,
    /** It lies ahead of everything that has happened here. */
    FUTURE,
    /** What came after it is no longer kept. */
    GONE;

    /** @return the word that answers use, e.g. {@code gone} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.unlost.feed;

/**
 * What a reader is told. A cursor is opaque text of the URL-safe alphabet of RFC 4648; all that came before it has been
 * told, and a reader that starts after it is told the rest.
 */
public sealed interface FeedItem {

    /** A record changed. Compared by identity, as readers share it. */
    final class Changed implements FeedItem {
        private final String cursor;
        private final RecordChange change;

        public Changed(String cursor, RecordChange change) {
            this.cursor = cursor;
            this.change = change;
        }

        public String cursor() {
            return cursor;
        }

        public RecordChange change() {
            return change;
        }
    }

    /** Everything has been told that had happened when the reader began. Told once. */
    record Synced(String cursor) implements FeedItem {}

    /**
     * The reader cannot go on from where it wanted to; it goes on from now, and has to read all records again. Told
     * first, if at all.
     */
    record Reset(String cursor, ResetReason reason) implements FeedItem {}

    /** There is nothing more to come from this reader. Told last, and again whenever it is asked. */
    record Ended(Reason reason) implements FeedItem {

        /** Why a reader ended. */
        public enum Reason {
            /** It fell so far behind that what it had not taken yet is no longer held ready. */
            SLOW,
            /** The database is another one than it was. */
            LOG_REPLACED,
            /** The log holds a change that this version of the service cannot read. */
            UNREADABLE
        }
    }
}

package dev.unlost.versioning.query;

/**
 * How many records differ between the log and the read model, by how they do.
 *
 * @param missing records without a row
 * @param extra rows, or rows derived from such, without a record
 * @param behind rows at an earlier version than their record
 * @param ahead rows at a version that their record has not reached
 * @param different rows at the right version that say something else
 */
public record Differences(long missing, long extra, long behind, long ahead, long different) {

    static final Differences NONE = new Differences(0, 0, 0, 0, 0);

    /** How one record differs. */
    enum Kind {
        MISSING,
        EXTRA,
        BEHIND,
        AHEAD,
        DIFFERENT
    }

    Differences plus(Kind kind) {
        return switch (kind) {
            case MISSING -> new Differences(missing + 1, extra, behind, ahead, different);
            case EXTRA -> new Differences(missing, extra + 1, behind, ahead, different);
            case BEHIND -> new Differences(missing, extra, behind + 1, ahead, different);
            case AHEAD -> new Differences(missing, extra, behind, ahead + 1, different);
            case DIFFERENT -> new Differences(missing, extra, behind, ahead, different + 1);
        };
    }

    /** @return the records that differ, in any way */
    public long total() {
        return missing + extra + behind + ahead + different;
    }
}

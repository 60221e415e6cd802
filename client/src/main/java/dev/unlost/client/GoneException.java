package dev.unlost.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** 410: the record was deleted. Its history can still be read, and an earlier version be restored. */
public final class GoneException extends ProblemException {

    private static final long serialVersionUID = 1L;

    GoneException(Problem problem, String call) {
        super(problem, call);
    }

    /** @return the version that is the deletion, from 2; 0 where the service did not tell */
    public long version() {
        Long version = members().numberOrNull("version");
        return version == null ? 0 : version;
    }

    /** @return when it was deleted */
    public @Nullable Instant deletedAt() {
        return members().timeOrNull("deletedAt");
    }

    /** @return the {@code sub} of who deleted it */
    public @Nullable String deletedBy() {
        return members().textOrNull("deletedBy");
    }

    /** @return who deleted it */
    public @Nullable Person deletedByInfo() {
        return Person.of(members(), "deletedByInfo");
    }

    private Members members() {
        return new Members(problem().body());
    }
}

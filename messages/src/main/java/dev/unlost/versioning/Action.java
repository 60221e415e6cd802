package dev.unlost.versioning;

import java.util.Locale;

/** What an event did to its record. */
public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    RESTORE;

    /** @return the word that feeds and histories use, e.g. {@code update} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

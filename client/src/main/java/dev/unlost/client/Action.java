package dev.unlost.client;

/** What a change did to its record. */
public enum Action {
    CREATE,
    UPDATE,
    DELETE,
    RESTORE,
    /** Something that this client does not know. */
    OTHER;

    static Action of(String word) {
        return switch (word) {
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            case "restore" -> RESTORE;
            default -> OTHER;
        };
    }
}

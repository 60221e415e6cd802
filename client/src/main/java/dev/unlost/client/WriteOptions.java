package dev.unlost.client;

import java.util.Optional;

/**
 * What is wanted of writes beyond the usual.
 *
 * @param idempotencyKey the caller's own key instead of a random one, 1 to 255 printable ASCII characters: the same write
 *     under the same key is made once, even if the program was restarted in between. One key is for one write
 * @param mergesDisjoint whether a stale change is applied all the same where others changed other fields only. What comes
 *     back is then more than one version ahead of what the change was based on
 */
public record WriteOptions(Optional<String> idempotencyKey, boolean mergesDisjoint) {

    /** A random key for each write, and a conflict for each stale change. */
    public static final WriteOptions USUAL = new WriteOptions(Optional.empty(), false);

    /** @throws IllegalArgumentException if the key is not 1 to 255 printable ASCII characters */
    public WriteOptions {
        idempotencyKey.ifPresent(key -> {
            if (!key.matches("[ -~]{1,255}")) {
                throw new IllegalArgumentException("an idempotency key is 1 to 255 printable ASCII characters");
            }
        });
    }

    /** @return these with a key of the caller's */
    public WriteOptions withIdempotencyKey(String key) {
        return new WriteOptions(Optional.of(key), mergesDisjoint);
    }

    /** @return these, and disjoint changes merge */
    public WriteOptions mergingDisjoint() {
        return new WriteOptions(idempotencyKey, true);
    }
}

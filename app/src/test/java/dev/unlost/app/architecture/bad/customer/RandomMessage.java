package dev.unlost.app.architecture.bad.customer;

import java.util.UUID;

/** A message that is not the same twice. */
public record RandomMessage(UUID id) {

    public static RandomMessage any() {
        return new RandomMessage(UUID.randomUUID());
    }
}

package dev.unlost.client;

import org.jspecify.annotations.Nullable;

/** What answered does not speak as this service does; often a proxy, or another address than was meant. */
public final class UnexpectedAnswerException extends UnlostException {

    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

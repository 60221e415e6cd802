package dev.unlost.client;

import org.jspecify.annotations.Nullable;

/**
 * An event of a stream.
 *
 * @param id the id that came with it; null where none did
 * @param type {@code message} where none was given
 * @param data the lines of its data, with line feeds between them
 */
record ServerSentEvent(@Nullable String id, String type, String data) {}

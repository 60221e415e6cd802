package dev.unlost.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code text/event-stream} (HTML Living Standard, section 9.2.6) from bytes in pieces of any size. An event that
 * the stream breaks off in is none.
 */
final class EventStreamParser {

    /** Far beyond any event of the service; what is longer is no event. */
    private static final int LONGEST = 1 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    private final StringBuilder data = new StringBuilder();
    private boolean anyData;
    private String type = "";
    private @Nullable String id;
    private @Nullable Duration reconnectionTime;

    /** @return how long the service asks to wait before the stream is opened again, if it said so */
    Optional<Duration> reconnectionTime() {
        return Optional.ofNullable(reconnectionTime);
    }

    /** @throws IOException if a line or an event is too long to be one */
    void read(ByteBuffer bytes, Consumer<ServerSentEvent> events) throws IOException {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n' && afterCarriageReturn) {
                afterCarriageReturn = false;
                continue;
            }
            afterCarriageReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                endOfLine(events);
            } else if (line.size() + data.length() < LONGEST) {
                line.write(next);
            } else {
                throw new IOException("an event of more than " + LONGEST + " bytes");
            }
        }
    }

    private void endOfLine(Consumer<ServerSentEvent> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine) {
            firstLine = false;
            if (text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
        }
        if (text.isEmpty()) {
            endOfEvent(events);
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(text.startsWith(": ", colon) ? colon + 2 : colon + 1);
        field(field, value);
    }

    private void field(String field, String value) {
        switch (field) {
            case "data" -> {
                if (anyData) {
                    data.append('\n');
                }
                data.append(value);
                anyData = true;
            }
            case "event" -> type = value;
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    id = value;
                }
            }
            case "retry" -> {
                if (value.matches("[0-9]{1,9}")) {
                    reconnectionTime = Duration.ofMillis(Long.parseLong(value));
                }
            }
            default -> {
                // a comment, whose field is empty, or one of the future
            }
        }
    }

    private void endOfEvent(Consumer<ServerSentEvent> events) {
        if (anyData) {
            events.accept(new ServerSentEvent(id, type.isEmpty() ? "message" : type, data.toString()));
            id = null;
        }
        data.setLength(0);
        anyData = false;
        type = "";
    }
}

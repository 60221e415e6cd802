package dev.unlost.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of requests: JSON objects of at most 1 MiB. */
public final class RequestBodies {

    /** What most writes send. */
    public static final Set<String> JSON = Set.of("application/json");

    /** What a PATCH sends (RFC 7396). */
    public static final Set<String> MERGE_PATCH = Set.of("application/merge-patch+json", "application/json");

    /** How long a body may take to arrive. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PART = 16 * 1024;

    private RequestBodies() {}

    /**
     * @param accepted the media types that are fine, lower case, without parameters
     * @throws ProblemException 415, 413, 408 or 400
     */
    public static ObjectNode read(HttpServletRequest request, Set<String> accepted) {
        return Json.object(required(request, accepted));
    }

    /**
     * As {@link #read}, for any JSON value.
     *
     * @throws ProblemException 415, 413, 408 or 400
     */
    public static JsonNode readValue(HttpServletRequest request, Set<String> accepted) {
        return Json.value(required(request, accepted));
    }

    private static byte[] required(HttpServletRequest request, Set<String> accepted) {
        if (request.getContentType() != null) {
            // before reading, as a filter may have read a form already
            checkMediaType(request.getContentType(), accepted);
        }
        byte[] bytes = bytes(request);
        if (bytes.length > 0) {
            checkMediaType(request.getContentType(), accepted);
            checkEncoding(request.getHeader("Content-Encoding"));
        }
        return bytes;
    }

    /** As {@link #read}; empty where there is no body. */
    public static Optional<ObjectNode> readIfAny(HttpServletRequest request, Set<String> accepted) {
        if (request.getContentLengthLong() > 0) {
            // before reading, as a filter may have read a form already
            checkMediaType(request.getContentType(), accepted);
        }
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        checkMediaType(request.getContentType(), accepted);
        checkEncoding(request.getHeader("Content-Encoding"));
        return Optional.of(Json.object(bytes));
    }

    private static byte[] bytes(HttpServletRequest request) {
        if (request.getContentLengthLong() > Json.MAX_BYTES) {
            throw tooLarge();
        }
        try {
            // chunked bodies do not tell their length before
            byte[] bytes = readInTime(request.getInputStream(), request.getContentLengthLong(), System::nanoTime);
            if (bytes.length > Json.MAX_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.of(ProblemType.MALFORMED_BODY, "The body could not be read to its end.")
                    .exception();
        }
    }

    /**
     * Reads all there is, or one byte more than is accepted. A single read is bounded by the container; a client that
     * sends a byte now and then would hold its thread for as long as it likes.
     *
     * @param announced how many bytes the client said it would send; negative where it did not
     * @param clock in nanoseconds
     */
    static byte[] readInTime(InputStream body, long announced, LongSupplier clock) throws IOException {
        long start = clock.getAsLong();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        // most bodies are far smaller than a part: room for all of it, and to see that it ends
        byte[] part = new byte[announced < 0 ? PART : (int) Math.min(announced + 1, PART)];
        while (read.size() <= Json.MAX_BYTES) {
            int length = body.read(part, 0, Math.min(part.length, Json.MAX_BYTES + 1 - read.size()));
            if (length < 0) {
                break;
            }
            read.write(part, 0, length);
            if (clock.getAsLong() - start > PATIENCE.toNanos()) {
                throw Problem.of(ProblemType.REQUEST_TIMEOUT)
                        .withHeader("Connection", "close")
                        .exception();
            }
        }
        return read.toByteArray();
    }

    private static ProblemException tooLarge() {
        return Problem.of(ProblemType.BODY_TOO_LARGE).exception();
    }

    private static void checkMediaType(@Nullable String contentType, Set<String> accepted) {
        if (contentType == null) {
            throw unsupported(accepted);
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            Charset charset = type.getCharset();
            String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
            if (!accepted.contains(name) || (charset != null && !charset.equals(StandardCharsets.UTF_8))) {
                throw unsupported(accepted);
            }
        } catch (IllegalArgumentException e) {
            throw unsupported(accepted);
        }
    }

    private static void checkEncoding(@Nullable String encoding) {
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Compressed bodies are not read.")
                    .withHeader("Accept-Encoding", "identity")
                    .exception();
        }
    }

    private static ProblemException unsupported(Set<String> accepted) {
        String types = String.join(", ", accepted.stream().sorted().toList());
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be " + types + ", in UTF-8.")
                .withHeader(accepted.equals(MERGE_PATCH) ? "Accept-Patch" : "Accept", types)
                .exception();
    }
}

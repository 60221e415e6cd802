package dev.unlost.app.guarantees;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request written byte by byte, as no well-behaved client would write it: HTTP clients refuse to send half of what a
 * server must be able to take.
 *
 * @param lines header lines but Host and Connection, in UTF-8
 * @param body as it is sent, after the empty line
 */
@SuppressWarnings("ArrayRecordComponent") // requests are sent, not compared
record Request(String method, String target, List<String> lines, byte[] body) {

    private static final int TIMEOUT_MILLIS = 60_000;

    static Request of(String method, String target) {
        return new Request(method, target, List.of(), new byte[0]);
    }

    Request header(String name, String value) {
        List<String> more = new ArrayList<>(lines);
        more.add(name + ": " + value);
        return new Request(method, target, more, body);
    }

    Request without(String name) {
        List<String> fewer = new ArrayList<>(lines);
        fewer.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        return new Request(method, target, fewer, body);
    }

    Request token(String token) {
        return without("Authorization").header("Authorization", "Bearer " + token);
    }

    /** With a body that tells its length. */
    Request body(String contentType, byte[] bytes) {
        return without("Content-Type")
                .without("Content-Length")
                .header("Content-Type", contentType)
                .header("Content-Length", Integer.toString(bytes.length))
                .raw(bytes);
    }

    Request json(String json) {
        return body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** With the same body in one chunk, which tells no length before. */
    Request chunked() {
        byte[] head = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] framed = Arrays.copyOf(head, head.length + body.length + tail.length);
        System.arraycopy(body, 0, framed, head.length, body.length);
        System.arraycopy(tail, 0, framed, head.length + body.length, tail.length);
        return without("Content-Length").header("Transfer-Encoding", "chunked").raw(framed);
    }

    /** With these bytes after the empty line, whatever the headers say of them. */
    Request raw(byte[] bytes) {
        return new Request(method, target, lines, bytes);
    }

    Response send(URI node) {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(node.getAuthority()).append("\r\nConnection: close\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        head.append("\r\n");
        try (Socket socket = new Socket(node.getHost(), node.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
            socket.shutdownOutput();
            return Response.parse(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    @Override
    public String toString() {
        return method + " " + target;
    }

    /**
     * An answer.
     *
     * @param headers by name in lower case
     * @param text the body
     */
    record Response(int status, Map<String, String> headers, String text) {

        private static final JsonMapper JSON = new JsonMapper();

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        JsonNode json() {
            return JSON.readTree(text);
        }

        long version() {
            return json().path("version").longValue();
        }

        private static Response parse(byte[] bytes) {
            String all = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IllegalStateException("not an answer: " + all);
            }
            String[] head = all.substring(0, end).split("\r\n", -1);
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < head.length; i++) {
                int colon = head[i].indexOf(':');
                headers.merge(
                        head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        head[i].substring(colon + 1).strip(),
                        (one, other) -> one + ", " + other);
            }
            byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
            if ("chunked".equals(headers.get("transfer-encoding"))) {
                body = unchunked(body);
            }
            return new Response(
                    Integer.parseInt(head[0].split(" ", -1)[1]), headers, new String(body, StandardCharsets.UTF_8));
        }

        private static byte[] unchunked(byte[] body) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            int at = 0;
            while (true) {
                int line = text.indexOf("\r\n", at);
                int length = Integer.parseInt(text.substring(at, line), 16);
                if (length == 0) {
                    return whole.toByteArray();
                }
                whole.write(body, line + 2, length);
                at = line + 2 + length + 2;
            }
        }

        @Override
        public String toString() {
            return status + " " + headers + " " + text;
        }
    }
}

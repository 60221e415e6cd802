package dev.unlost.benchmarks.load;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A request as it goes over the wire. */
public final class Request {

    private static final String NOBODY = "";

    private final byte[] bytes;

    private Request(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Sends it. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** Without a token. */
    public static Request get(String path) {
        return get(path, NOBODY);
    }

    public static Request get(String path, String token) {
        return new Request((head("GET", path, token) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Answered with 304 while the record is at that version. */
    public static Request getUnless(String path, String token, long version) {
        return new Request((head("GET", path, token) + "If-None-Match: \"" + version + "\"\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Without a token. */
    public static Request post(String path, String json) {
        return post(path, NOBODY, json);
    }

    public static Request post(String path, String token, String json) {
        return withBody(head("POST", path, token), json);
    }

    /** @param version the one that was edited */
    public static Request patch(String path, String token, long version, String json) {
        return withBody(head("PATCH", path, token) + "If-Match: \"" + version + "\"\r\n", json);
    }

    private static String head(String method, String path, String token) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
                + (token.equals(NOBODY) ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    private static Request withBody(String head, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] start = (head + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[start.length + body.length];
        System.arraycopy(start, 0, bytes, 0, start.length);
        System.arraycopy(body, 0, bytes, start.length, body.length);
        return new Request(bytes);
    }
}

package dev.unlost.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer to a request. */
public final class Answer {

    private final int status;
    private final String head;
    private final byte[] body;

    /** @param head the status line and the headers */
    Answer(int status, String head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** @return bytes of the body */
    public int length() {
        return body.length;
    }

    /** @return the version that the entity tag names */
    public long version() {
        String tag = header("ETag").orElseThrow(() -> new IllegalStateException("no ETag: " + this));
        return Long.parseLong(tag.substring(1, tag.length() - 1));
    }

    public Optional<String> header(String name) {
        return header(head, name);
    }

    static Optional<String> header(String head, String name) {
        int length = name.length();
        for (int line = head.indexOf("\r\n") + 2; line > 1; line = head.indexOf("\r\n", line) + 2) {
            if (head.regionMatches(true, line, name, 0, length) && head.charAt(line + length) == ':') {
                return Optional.of(head.substring(line + length + 1, head.indexOf("\r\n", line))
                        .strip());
            }
        }
        return Optional.empty();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @return the first text member of that name, wherever it is in the JSON */
    public Optional<String> member(String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(text());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** @throws IllegalStateException if the status is another */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new IllegalStateException("not " + expected + ": " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return head + text();
    }
}

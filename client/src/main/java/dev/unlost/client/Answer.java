package dev.unlost.client;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What a node answered. */
final class Answer {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    boolean succeeded() {
        return (status >= 200 && status < 300) || status == 304;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** @throws UnexpectedAnswerException if the body is no JSON object */
    ObjectNode json() {
        return Json.parse(new String(body, StandardCharsets.UTF_8), "the answer with status " + status);
    }

    /** @return an empty object where the body is none, as from a proxy */
    ObjectNode jsonOrEmpty() {
        try {
            return Json.MAPPER.readTree(body) instanceof ObjectNode object ? object : Json.object();
        } catch (JacksonException e) {
            return Json.object();
        }
    }
}

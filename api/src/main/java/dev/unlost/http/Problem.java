package dev.unlost.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error answer (RFC 9457).
 *
 * @param detail what happened this time, for people; holds nothing of the service's inside
 * @param code what programs tell it from others of its type by; the type's own where there is nothing finer
 * @param members what else the body says
 * @param headers what else the head says
 */
public record Problem(
        ProblemType type, String detail, String code, Map<String, JsonNode> members, Map<String, String> headers) {

    /** Of every body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        detail = Texts.printable(detail);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, type.code(), Map.of(), Map.of());
    }

    public static Problem of(ProblemType type) {
        return of(type, type.meaning());
    }

    public Problem withCode(String other) {
        return new Problem(type, detail, other, members, headers);
    }

    public Problem with(String member, JsonNode value) {
        Map<String, JsonNode> all = new LinkedHashMap<>(members);
        all.put(member, value);
        return new Problem(type, detail, code, all, headers);
    }

    public Problem withHeader(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(type, detail, code, members, all);
    }

    /** @return the problem, to throw */
    public ProblemException exception() {
        return new ProblemException(this, null);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type.uri());
        json.put("title", type.title());
        json.put("status", type.status());
        json.put("detail", detail);
        json.put("code", code);
        members.forEach(json::set);
        return json;
    }
}

package dev.unlost.client;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON mapper, and the little that is needed of trees. */
final class Json {

    /** Members that this client does not know are left aside, so that a newer service can be read. */
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    /** @throws UnexpectedAnswerException if the text is no JSON object */
    static ObjectNode parse(String json, String what) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new UnexpectedAnswerException(what + ": not JSON", e);
        }
        throw new UnexpectedAnswerException(what + ": not a JSON object", null);
    }
}

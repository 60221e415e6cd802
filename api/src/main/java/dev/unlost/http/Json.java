package dev.unlost.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the edge reads and writes it: strictly, so that two parties cannot read two meanings out of one body (RFC 8259
 * sections 4 and 8; RFC 7493).
 */
public final class Json {

    /** The largest body, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    /** The deepest nesting, objects and arrays counted, the outermost included. */
    static final int MAX_DEPTH = 50;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_BYTES)
                            .maxNameLength(MAX_BYTES)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /**
     * @param bytes one JSON object in UTF-8
     * @throws ProblemException {@link ProblemType#MALFORMED_BODY} if they are anything else
     */
    static ObjectNode object(byte[] bytes) {
        if (value(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw malformed("The body is not a JSON object.");
    }

    /**
     * @param bytes one JSON value in UTF-8
     * @throws ProblemException {@link ProblemType#MALFORMED_BODY} if they are anything else
     */
    static JsonNode value(byte[] bytes) {
        if (bytes.length == 0) {
            throw malformed("The body is empty; a JSON object is needed.");
        }
        try {
            // decoded here, as Jackson would guess UTF-16 and let encoded surrogates through
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return MAPPER.readTree(text);
        } catch (CharacterCodingException e) {
            throw malformed("The body is not UTF-8.");
        } catch (StreamConstraintsException | NumberFormatException e) {
            // an exponent beyond all bounds is told by the latter
            throw malformed("The body is nested more than " + MAX_DEPTH + " deep, or holds a number of absurd length.");
        } catch (JacksonException e) {
            throw malformed("The body is not valid JSON" + place(e) + ".");
        }
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** @return the same bytes for all that says the same, whatever the order of its members */
    static byte[] canonicalBytes(JsonNode node) {
        return MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED).writeValueAsBytes(node);
    }

    /** @param value plain JSON: text, numbers, booleans, lists, maps or null */
    public static JsonNode node(@Nullable Object value) {
        // what nearly all members are; the mapper would write each of them into a buffer and read it again
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.stringNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode(list.size());
                list.forEach(element -> array.add(node(element)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((name, member) -> object.set((String) name, node(member)));
                yield object;
            }
            default -> MAPPER.valueToTree(value);
        };
    }

    /** @return text, numbers, booleans, lists, maps or null */
    static @Nullable Object plain(JsonNode node) {
        return MAPPER.treeToValue(node, Object.class);
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : ", at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_BODY, detail).exception();
    }
}

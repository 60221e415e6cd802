package dev.unlost.versioning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a request count once, however often it is sent. It travels as message metadata, beside the {@link Origin}.
 *
 * @param key the sender's name for the request, unique within factory and person
 * @param request a digest of all that the request asks for, in hexadecimal; the same key with another digest is refused
 * @param item which part of the request the message is, from 0; a request that is not split has only that one
 */
public record IdempotencyKey(String key, String request, int item) {

    static final String KEY = "idempotencyKey";
    private static final String REQUEST = "idempotentRequest";
    private static final String ITEM = "idempotentItem";

    public IdempotencyKey(String key, String request) {
        this(key, request, 0);
    }

    /** @return the same for another part of the request */
    public IdempotencyKey forItem(int number) {
        return new IdempotencyKey(key, request, number);
    }

    public Map<String, Object> toMetaData() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put(KEY, key);
        entries.put(REQUEST, request);
        entries.put(ITEM, item);
        return entries;
    }

    /** @return empty where the message has none */
    public static Optional<IdempotencyKey> of(Map<String, ?> metaData) {
        return metaData.get(KEY) instanceof String key
                        && metaData.get(REQUEST) instanceof String request
                        && metaData.get(ITEM) instanceof Number item
                ? Optional.of(new IdempotencyKey(key, request, item.intValue()))
                : Optional.empty();
    }
}

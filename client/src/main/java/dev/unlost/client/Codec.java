package dev.unlost.client;

import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the contents of a record are read from JSON and written to it.
 *
 * @param <T> an immutable type for the contents
 */
public interface Codec<T> {

    /** @return the contents; members of the document that are not part of {@code T} are left aside */
    T read(ObjectNode document);

    /**
     * @return the members that may be edited, all of them, those without a value as null; equal contents give equal JSON.
     *     An update sends what differs between two of these, so that members this codec does not know stay as they are
     */
    ObjectNode write(T value);

    /** @return as Jackson reads and writes that class, which is best a record */
    static <T> Codec<T> of(Class<T> type) {
        return of(document -> Json.MAPPER.treeToValue(document, type), value -> Json.MAPPER.valueToTree(value));
    }

    /** @return a codec of two functions */
    static <T> Codec<T> of(Function<ObjectNode, T> reader, Function<T, ObjectNode> writer) {
        return new Codec<>() {
            @Override
            public T read(ObjectNode document) {
                return reader.apply(document);
            }

            @Override
            public ObjectNode write(T value) {
                return writer.apply(value);
            }
        };
    }
}

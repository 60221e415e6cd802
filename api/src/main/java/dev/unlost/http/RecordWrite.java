package dev.unlost.http;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked to be done to one record, by a request of its own or by an item of a batch.
 *
 * @param id as it was sent; empty for {@link Verb#POST}
 * @param merges whether a PATCH may be applied to a later version; of no meaning for the others
 * @param beside an object beside the body whose members may say which version was edited; often empty
 */
record RecordWrite(
        Verb verb, String id, Preconditions.Headers headers, boolean merges, ObjectNode beside, ObjectNode body) {

    /** What can be done. */
    enum Verb {
        /** Creates a record at an id of the service's choice. */
        POST,
        /** Replaces a record whole, or creates one at an id of the client's choice. */
        PUT,
        /** Sets some fields. */
        PATCH,
        /** Deletes a record. */
        DELETE,
        /** Brings back the contents of an earlier version. */
        RESTORE
    }

    List<ObjectNode> carriers() {
        return List.of(beside, body);
    }
}

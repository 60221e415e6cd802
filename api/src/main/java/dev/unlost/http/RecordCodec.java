package dev.unlost.http;

import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the edge must know of one kind of record: how its bodies become commands. The rest is the same for all kinds.
 *
 * @param <D> the contents
 */
public interface RecordCodec<D> {

    RecordType<D, ?> type();

    /** @return what this kind calls the members that all kinds have */
    default MemberNames names() {
        return MemberNames.PLAIN;
    }

    /** @return whether a change must say which version was edited, where the configuration does not say */
    default boolean preconditionRequired() {
        return true;
    }

    /** @return an id for a new record */
    String newId();

    /** @return the one way to write that id; empty where no record can have it */
    Optional<String> canonicalId(String id);

    /** @return the path of the record, from the root of the service */
    String path(RecordView<?> view);

    /** @return the members that come before all others in an answer, in order */
    default Map<String, String> identity(RecordView<?> view) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("id", view.key().id());
        identity.put("factoryId", view.factoryId());
        return identity;
    }

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming all that is wrong with the body */
    RecordCommand create(String id, Members body, ReadOnlyMembers readOnly);

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming all that is wrong with the body */
    RecordCommand replace(String id, ExpectedVersion expected, Members body, ReadOnlyMembers readOnly);

    /**
     * @param merges whether the change may be applied to a later version, as long as nobody else touched its fields since
     * @throws dev.unlost.versioning.Refusal.InvalidFields naming all that is wrong with the body
     */
    RecordCommand update(String id, ExpectedVersion expected, Members body, ReadOnlyMembers readOnly, boolean merges);

    RecordCommand delete(String id, ExpectedVersion expected);

    /** @param toVersion the version whose contents are wanted back, from 1 */
    RecordCommand restore(String id, ExpectedVersion expected, long toVersion, ReadOnlyMembers readOnly);

    /** @return a query answered with the {@code Optional} {@link RecordView} of the record, deleted or not */
    Object find(String id);
}

package dev.unlost.http;

import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordView;
import java.util.Optional;

/**
 * What the edge must know of one kind of record: how its bodies become commands. The rest is the same for all kinds. Where
 * records live in namespaces, there is one for each namespace.
 *
 * @param <D> the contents
 */
public interface RecordCodec<D> extends RecordFormat<D> {

    /** @return the namespace that the records live in; empty where their kind has none */
    default String namespace() {
        return "";
    }

    /** @return an id for a new record */
    String newId();

    /** @return the one way to write that id; empty where no record can have it */
    Optional<String> canonicalId(String id);

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming all that is wrong with the body */
    RecordCommand create(String id, ExpectedVersion.Absent expected, Members body, ReadOnlyMembers readOnly);

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

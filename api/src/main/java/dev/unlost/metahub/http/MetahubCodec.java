package dev.unlost.metahub.http;

import dev.unlost.http.Members;
import dev.unlost.http.RecordCodec;
import dev.unlost.ids.TimeOrderedIds;
import dev.unlost.metahub.MetahubCommand.CreateMetahubRecord;
import dev.unlost.metahub.MetahubCommand.DeleteMetahubRecord;
import dev.unlost.metahub.MetahubCommand.ReplaceMetahubRecord;
import dev.unlost.metahub.MetahubCommand.RestoreMetahubRecord;
import dev.unlost.metahub.MetahubCommand.UpdateMetahubRecord;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubField;
import dev.unlost.metahub.MetahubPatch;
import dev.unlost.metahub.MetahubQuery.FindMetahubRecord;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.Assign;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the records of one metahub are written in JSON, of one type. */
final class MetahubCodec extends MetahubFormat implements RecordCodec<MetahubDetails> {

    private final String metahubId;

    MetahubCodec(MetahubType type, String metahubId) {
        super(type);
        this.metahubId = metahubId;
    }

    @Override
    public String namespace() {
        return metahubId;
    }

    @Override
    public String newId() {
        return within(TimeOrderedIds.next(Clock.systemUTC()).toString());
    }

    @Override
    public Optional<String> canonicalId(String id) {
        return Optional.of(id.toLowerCase(Locale.ROOT))
                .filter(MetahubField::isId)
                .map(this::within);
    }

    private String within(String localId) {
        return RecordKey.within(metahubId, type().name(), localId).id();
    }

    @Override
    public RecordCommand create(String id, ExpectedVersion.Absent expected, Members body, ReadOnlyMembers readOnly) {
        Map<String, @Nullable Object> sent = sent(body);
        return body.build(() -> new CreateMetahubRecord(type().key(id), expected, type().details(sent), readOnly));
    }

    @Override
    public RecordCommand replace(String id, ExpectedVersion expected, Members body, ReadOnlyMembers readOnly) {
        Map<String, @Nullable Object> sent = sent(body);
        return body.build(() -> new ReplaceMetahubRecord(type().key(id), expected, type().details(sent), readOnly));
    }

    @Override
    public RecordCommand update(
            String id, ExpectedVersion expected, Members body, ReadOnlyMembers readOnly, boolean merges) {
        Map<String, @Nullable Object> sent = sent(body);
        MetahubPatch patch = body.build(() -> type().patch(sent));
        boolean upkeep = patch.onlyArranges()
                && expected instanceof ExpectedVersion.Unconditional unconditional
                && unconditional.edited() == null;
        return new UpdateMetahubRecord(
                type().key(id), upkeep ? ExpectedVersion.INTERNAL : expected, patch, readOnly, merges);
    }

    @Override
    public RecordCommand delete(String id, ExpectedVersion expected) {
        return new DeleteMetahubRecord(type().key(id), expected);
    }

    @Override
    public RecordCommand restore(String id, ExpectedVersion expected, long toVersion, ReadOnlyMembers readOnly) {
        return new RestoreMetahubRecord(type().key(id), expected, toVersion, readOnly);
    }

    @Override
    public FindMetahubRecord find(String id) {
        return new FindMetahubRecord(type().key(id));
    }

    private Map<String, @Nullable Object> sent(Members body) {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>();
        for (String member : type().members()) {
            Assign<Object> assign = body.json(member);
            if (assign != null) {
                sent.put(member, assign.value());
            }
        }
        return sent;
    }
}

package dev.unlost.http;

import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one kind of record is shown.
 *
 * @param <D> the contents
 */
public interface RecordFormat<D> {

    RecordType<D, ?> type();

    /** @return what this kind calls the members that all kinds have */
    default MemberNames names() {
        return MemberNames.PLAIN;
    }

    /** @return whether a change must say which version was edited, where the configuration does not say */
    default boolean preconditionRequired() {
        return true;
    }

    /** @return the path of the record, from the root of the service */
    String path(RecordView<?> view);

    /** @return the members that come before all others in an answer, in order */
    default Map<String, String> identity(RecordView<?> view) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("id", view.key().localId());
        identity.put("factoryId", view.factoryId());
        return identity;
    }

    /** @return the contents as answers show them, by member, as plain JSON */
    default Map<String, ?> members(RecordView<?> view) {
        return type().fields(type().detailsType().cast(view.details()));
    }
}

package dev.unlost.http;

import dev.unlost.http.Preconditions.Write;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The writes of every kind of record. What can be wrong with a request is looked at in one order: whether it can be
 * read, whether it says which version was edited, its fields, its id; what depends on the record comes after that, from
 * the command.
 */
@Component
public class RecordWrites {

    private final Messages messages;
    private final RecordJson records;
    private final PreconditionSettings settings;

    RecordWrites(Messages messages, RecordJson records, PreconditionSettings settings) {
        this.messages = messages;
        this.records = records;
        this.settings = settings;
    }

    /** Creates a record at an id of the service's choice. */
    public Answer create(RecordCodec<?> codec, HttpServletRequest request) {
        ObjectNode body = body(request, RequestBodies.JSON);
        expected(codec, Write.CREATE, request, body);
        Reading reading = reading(codec, body);
        String id = codec.newId();
        return created(codec, send(codec.create(id, reading.members(), reading.readOnly()), request));
    }

    /** Creates a record at an id of the client's choice, or replaces one whole. */
    public Answer put(RecordCodec<?> codec, String id, HttpServletRequest request) {
        ObjectNode body = body(request, RequestBodies.JSON);
        ExpectedVersion expected = expected(codec, Write.PUT, request, body);
        Reading reading = reading(codec, body);
        Optional<String> canonical = codec.canonicalId(id);
        if (expected instanceof ExpectedVersion.Absent) {
            RecordCommand command = codec.create(canonical.orElse(id), reading.members(), reading.readOnly());
            return created(codec, send(existing(command, canonical), request));
        }
        RecordCommand command = codec.replace(canonical.orElse(id), expected, reading.members(), reading.readOnly());
        return whole(200, send(existing(command, canonical), request));
    }

    /** Sets some fields of a record (RFC 7396). */
    public Answer patch(RecordCodec<?> codec, String id, HttpServletRequest request) {
        ObjectNode body = body(request, RequestBodies.MERGE_PATCH);
        ExpectedVersion expected = expected(codec, Write.CHANGE, request, body);
        Reading reading = reading(codec, body);
        Optional<String> canonical = codec.canonicalId(id);
        RecordCommand command = codec.update(canonical.orElse(id), expected, reading.members(), reading.readOnly());
        return whole(200, send(existing(command, canonical), request));
    }

    /** Deletes a record. The body is optional; it may say which version was edited, and nothing else. */
    public Answer delete(RecordCodec<?> codec, String id, HttpServletRequest request) {
        QueryParameters.parse(request.getQueryString(), Set.of());
        ObjectNode body =
                RequestBodies.readIfAny(request, RequestBodies.JSON).orElseGet(JsonNodeFactory.instance::objectNode);
        ExpectedVersion expected = expected(codec, Write.CHANGE, request, body);
        Members members = new Members(body);
        ignoreCarriers(members, codec.names());
        Optional<String> canonical = codec.canonicalId(id);
        RecordCommand command = members.build(() -> codec.delete(canonical.orElse(id), expected));
        send(existing(command, canonical), request);
        return Answer.of(204, null);
    }

    private static ObjectNode body(HttpServletRequest request, Set<String> mediaTypes) {
        // a ?version=7 that is ignored would be a precondition that is ignored
        QueryParameters.parse(request.getQueryString(), Set.of());
        return RequestBodies.read(request, mediaTypes);
    }

    private ExpectedVersion expected(RecordCodec<?> codec, Write write, HttpServletRequest request, ObjectNode body) {
        return Preconditions.read(write, Preconditions.Headers.of(request), body, codec.names())
                .orElseGet(() -> {
                    if (settings.required(codec)) {
                        throw Preconditions.required(codec.names());
                    }
                    return ExpectedVersion.UNCONDITIONAL;
                });
    }

    private record Reading(Members members, ReadOnlyMembers readOnly) {}

    private static Reading reading(RecordCodec<?> codec, ObjectNode body) {
        Members members = new Members(body);
        ignoreCarriers(members, codec.names());
        Map<String, String> readOnly = new HashMap<>();
        codec.names().readOnly().forEach((name, known) -> {
            var sent = members.lastingText(name);
            if (sent != null && sent.value() != null) {
                String text = sent.value();
                readOnly.put(known, known.equals("id") ? codec.canonicalId(text).orElse(text) : text);
            }
        });
        return new Reading(members, new ReadOnlyMembers(readOnly));
    }

    private static void ignoreCarriers(Members members, MemberNames names) {
        names.versionCarriers().forEach(members::ignore);
        names.updatedAtCarriers().forEach(members::ignore);
    }

    private static RecordCommand existing(RecordCommand command, Optional<String> canonicalId) {
        if (canonicalId.isEmpty()) {
            throw new Refusal.RecordNotFound(command.key());
        }
        return command;
    }

    private RecordView<?> send(RecordCommand command, HttpServletRequest request) {
        return messages.change(command, RequestOrigin.of(request));
    }

    private Answer created(RecordCodec<?> codec, RecordView<?> view) {
        return whole(201, view).with("Location", codec.path(view));
    }

    private Answer whole(int status, RecordView<?> view) {
        return Answer.of(status, records.of(view)).with("ETag", EntityTags.of(view.version()));
    }
}

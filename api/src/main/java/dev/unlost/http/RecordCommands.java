package dev.unlost.http;

import dev.unlost.http.Preconditions.Write;
import dev.unlost.http.RecordWrite.Verb;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes commands of what is asked for. What can be wrong with it is looked at in one order: whether it says which version
 * was edited, its fields, its id; what depends on the record comes after that, from the command.
 */
@Component
class RecordCommands {

    private final PreconditionSettings settings;

    RecordCommands(PreconditionSettings settings) {
        this.settings = settings;
    }

    RecordCommand read(RecordCodec<?> codec, RecordWrite write) {
        ExpectedVersion expected = expected(codec, write);
        if (write.verb() == Verb.POST) {
            Reading reading = reading(codec, write);
            return codec.create(codec.newId(), ExpectedVersion.NEW, reading.members(), reading.readOnly());
        }
        Optional<String> canonical = codec.canonicalId(write.id());
        String id = canonical.orElse(write.id());
        RecordCommand command = ofExisting(codec, write, id, expected);
        if (canonical.isEmpty()) {
            throw new Refusal.RecordNotFound(command.key());
        }
        return command;
    }

    private static RecordCommand ofExisting(
            RecordCodec<?> codec, RecordWrite write, String id, ExpectedVersion expected) {
        if (write.verb() == Verb.DELETE) {
            Members members = new Members(write.body());
            ignoreCarriers(members, codec.names());
            return members.build(() -> codec.delete(id, expected));
        }
        Reading reading = reading(codec, write);
        Members members = reading.members();
        ReadOnlyMembers readOnly = reading.readOnly();
        return switch (write.verb()) {
            case PUT ->
                expected instanceof ExpectedVersion.Absent absent
                        ? codec.create(id, absent, members, readOnly)
                        : codec.replace(id, expected, members, readOnly);
            case PATCH -> codec.update(id, expected, members, readOnly, write.merges());
            case RESTORE -> {
                long toVersion = members.version("toVersion");
                yield members.build(() -> codec.restore(id, expected, toVersion, readOnly));
            }
            case POST, DELETE -> throw new IllegalStateException("done before: " + write.verb());
        };
    }

    private ExpectedVersion expected(RecordCodec<?> codec, RecordWrite write) {
        Write kind =
                switch (write.verb()) {
                    case POST -> Write.CREATE;
                    case PUT -> Write.PUT;
                    case PATCH, DELETE, RESTORE -> Write.CHANGE;
                };
        return Preconditions.read(kind, write.headers(), write.carriers(), codec.names())
                .orElseGet(() -> {
                    if (settings.required(codec)) {
                        throw Preconditions.required(codec.names());
                    }
                    return new ExpectedVersion.Unconditional(Preconditions.edited(write.headers()));
                });
    }

    private record Reading(Members members, ReadOnlyMembers readOnly) {}

    private static Reading reading(RecordCodec<?> codec, RecordWrite write) {
        Members members = new Members(write.body());
        ignoreCarriers(members, codec.names());
        Map<String, String> readOnly = new HashMap<>();
        Map<String, String> sentAs = new HashMap<>();
        codec.names().readOnly().forEach((name, known) -> {
            var sent = members.lastingText(name);
            if (sent != null && sent.value() != null) {
                String text = sent.value();
                readOnly.put(known, known.equals("id") ? codec.canonicalId(text).orElse(text) : text);
                if (!name.equals(known)) {
                    sentAs.put(known, name);
                }
            }
        });
        return new Reading(members, new ReadOnlyMembers(readOnly, sentAs));
    }

    private static void ignoreCarriers(Members members, MemberNames names) {
        names.versionCarriers().forEach(members::ignore);
        names.updatedAtCarriers().forEach(members::ignore);
    }
}

package dev.unlost.app.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that lived through changes by chance, and what was read of it on the way.
 *
 * @param records those it is one of
 * @param path its path
 * @param current what a GET returned when each version was current, in order; of a deletion what is known of it
 * @param conditions the precondition that each version was made with
 * @param authors who made each version
 */
record Life(Records records, String path, List<ObjectNode> current, List<String> conditions, List<String> authors) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TEXTS = List.of("contactName", "contactTitle", "phone", "notes");

    /** Few words, so that values come back. */
    private static final List<String> WORDS = List.of("a", "b", "ß😀");

    static Life lived(Records records, Random random, List<Caller> callers, List<String> names, int changes) {
        String path = records.kind().path(UUID.randomUUID().toString());
        Life life = new Life(records, path, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        life.take(callers.getFirst().put(path, life.fields(random, true).toString(), "If-None-Match", "*"));
        life.remember(callers.getFirst(), "absent", names.getFirst());
        while (life.versions() < changes) {
            int who = random.nextInt(callers.size());
            String condition = random.nextInt(4) == 0 ? "*" : "\"" + life.versions() + "\"";
            boolean whole = random.nextInt(5) == 0;
            Reply reply = callers.get(who)
                    .send(
                            whole ? "PUT" : "PATCH",
                            path,
                            life.fields(random, whole).toString(),
                            "If-Match",
                            condition);
            if (life.take(reply)) {
                life.remember(callers.get(who), condition, names.get(who));
            }
        }
        life.end(callers.getFirst(), names.getFirst());
        return life;
    }

    private void end(Caller caller, String author) {
        String condition = "\"" + versions() + "\"";
        assertThat(caller.delete(path, "If-Match", condition).status()).isEqualTo(204);
        JsonNode gone = caller.get(path).json();
        RecordKind kind = records.kind();
        ObjectNode deletion = at(versions()).deepCopy();
        deletion.put(kind.versionMember(), (int) Reply.version(gone));
        deletion.set(kind.updatedAtMember(), gone.path("deletedAt"));
        deletion.set(kind.member("updatedBy"), gone.path("deletedBy"));
        deletion.put("deleted", true);
        current.add(deletion);
        conditions.add(condition);
        authors.add(author);
    }

    /** @return whether a version was made: by chance a change changes nothing */
    private boolean take(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        assertThat(reply.version()).isBetween((long) versions(), versions() + 1L);
        return reply.version() == versions() + 1L;
    }

    private void remember(Caller caller, String condition, String author) {
        current.add((ObjectNode) caller.get(path).json());
        conditions.add(condition);
        authors.add(author);
    }

    private ObjectNode fields(Random random, boolean whole) {
        return records.kind() == RecordKind.CUSTOMER
                ? fieldsOfACustomer(random, whole)
                : fieldsInAMetahub(random, whole);
    }

    private static ObjectNode fieldsOfACustomer(Random random, boolean whole) {
        ObjectNode fields = JSON.createObjectNode();
        if (whole || random.nextInt(4) == 0) {
            fields.put("name", word(random));
        }
        for (String text : TEXTS) {
            if (random.nextInt(3) == 0) {
                fields.put(text, random.nextInt(3) == 0 ? null : word(random));
            }
        }
        if (random.nextInt(3) == 0) {
            fields.put("phone", "+" + random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
            fields.putObject("address").put("city", "c" + random.nextInt(2)).put("country", "DE");
        }
        if (random.nextInt(4) == 0) {
            fields.putArray("tags").add("t" + random.nextInt(2)).add("t2");
        }
        return fields;
    }

    private ObjectNode fieldsInAMetahub(Random random, boolean whole) {
        RecordKind kind = records.kind();
        ObjectNode fields = JSON.createObjectNode();
        if (whole && !records.catalogId().isEmpty()) {
            fields.put("catalogId", records.catalogId());
        }
        if (whole && kind == RecordKind.ATTRIBUTE) {
            fields.put("type", "STRING");
        }
        if (whole || random.nextInt(4) == 0) {
            // unlike that of any other life
            fields.put("codename", "c" + RecordKind.id(path) + "-" + random.nextInt(2));
        }
        if (whole || random.nextInt(2) == 0) {
            fields.putObject("name").put("en", word(random));
        }
        if (random.nextInt(3) == 0) {
            fields.putObject("description").put("ru", word(random)).put("en", word(random));
        } else if (random.nextInt(3) == 0) {
            fields.putNull("description");
        }
        if (kind != RecordKind.HUB && fields.has("name") && random.nextInt(3) == 0) {
            fields.put("order", random.nextInt(3));
        }
        if (kind == RecordKind.CATALOG && random.nextInt(3) == 0) {
            fields.putObject("config").put("a", random.nextInt(2));
        }
        if (kind == RecordKind.ATTRIBUTE && random.nextInt(3) == 0) {
            fields.put("searchable", random.nextBoolean());
            fields.putObject("constraints").put("maxLength", 1 + random.nextInt(2));
        }
        if (kind == RecordKind.ELEMENT && random.nextInt(2) == 0) {
            ObjectNode data = fields.putObject("data");
            data.put("phone", word(random));
            if (!whole) {
                data.put("notes", random.nextInt(3) == 0 ? null : word(random));
            }
        }
        return fields;
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    int versions() {
        return current.size();
    }

    ObjectNode at(int version) {
        return current.get(version - 1);
    }

    String updatedAt(int version) {
        return at(version).path(records.kind().updatedAtMember()).stringValue();
    }
}

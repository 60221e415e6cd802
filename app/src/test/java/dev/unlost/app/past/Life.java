package dev.unlost.app.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A customer that lived through changes by chance, and what was read of it on the way.
 *
 * @param path its path
 * @param current what a GET returned when each version was current, in order; of a deletion what is known of it
 * @param conditions the precondition that each version was made with
 * @param authors who made each version
 */
record Life(String path, List<ObjectNode> current, List<String> conditions, List<String> authors) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TEXTS = List.of("contactName", "contactTitle", "phone", "notes");

    /** Few words, so that values come back. */
    private static final List<String> WORDS = List.of("a", "b", "ß😀");

    static Life lived(Random random, List<Caller> callers, List<String> names, int changes, boolean deleted) {
        String path = "/api/customers/" + UUID.randomUUID();
        Life life = new Life(path, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        life.take(callers.getFirst().put(path, fields(random, true).toString(), "If-None-Match", "*"));
        life.remember(callers.getFirst(), "absent", names.getFirst());
        while (life.versions() < changes) {
            int who = random.nextInt(callers.size());
            String condition = random.nextInt(4) == 0 ? "*" : "\"" + life.versions() + "\"";
            boolean whole = random.nextInt(5) == 0;
            Reply reply = callers.get(who)
                    .send(whole ? "PUT" : "PATCH", path, fields(random, whole).toString(), "If-Match", condition);
            if (life.take(reply)) {
                life.remember(callers.get(who), condition, names.get(who));
            }
        }
        if (deleted) {
            String condition = "\"" + life.versions() + "\"";
            assertThat(callers.getFirst().delete(path, "If-Match", condition).status())
                    .isEqualTo(204);
            JsonNode gone = callers.getFirst().get(path).json();
            ObjectNode deletion = life.at(life.versions()).deepCopy();
            deletion.set("version", gone.path("version"));
            deletion.set("updatedAt", gone.path("deletedAt"));
            deletion.set("updatedBy", gone.path("deletedBy"));
            deletion.put("deleted", true);
            life.current.add(deletion);
            life.conditions.add(condition);
            life.authors.add(names.getFirst());
        }
        return life;
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

    private static ObjectNode fields(Random random, boolean whole) {
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
        return at(version).path("updatedAt").stringValue();
    }
}

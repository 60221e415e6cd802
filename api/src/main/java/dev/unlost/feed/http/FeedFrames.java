package dev.unlost.feed.http;

import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.FeedItem.Reset;
import dev.unlost.feed.FeedItem.Synced;
import dev.unlost.feed.RecordChange;
import dev.unlost.versioning.Timestamps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The feed's items as server-sent events (the HTML standard, section 9.2). */
final class FeedFrames {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final int REMEMBERED = 4 * 1024;
    private static final int REMEMBERED_RUNS = 32;

    /** Of a frame, in bytes. */
    private static final int USUAL_SIZE = 384;

    private static final byte[] NOTHING = {};

    /** A change goes to all streams of its factory at about the same time, and is written out once. */
    private final AtomicReferenceArray<@Nullable Framed> latest = new AtomicReferenceArray<>(REMEMBERED);

    /** Most streams of a factory are at the same place, and are told the same at a time. */
    private final AtomicReferenceArray<@Nullable Run> latestRuns = new AtomicReferenceArray<>(REMEMBERED_RUNS);

    private static final class Framed {
        final Changed changed;
        final byte[] frame;

        Framed(Changed changed, byte[] frame) {
            this.changed = changed;
            this.frame = frame;
        }
    }

    private static final class Run {
        final List<Changed> changes;
        final byte[] frames;

        Run(List<Changed> changes, byte[] frames) {
            this.changes = changes;
            this.frames = frames;
        }

        @SuppressWarnings("ReferenceEquality") // one object for all who are told of a change
        boolean isOf(List<Changed> others) {
            int size = changes.size();
            boolean same = size == others.size();
            for (int i = 0; same && i < size; i++) {
                same = changes.get(i) == others.get(i);
            }
            return same;
        }
    }

    /** @return the frames of changes that follow each other; shared by those who are told the same, and not to be written to */
    byte[] of(List<Changed> changes) {
        if (changes.isEmpty()) {
            return NOTHING;
        }
        int slot = System.identityHashCode(changes.getFirst()) & (REMEMBERED_RUNS - 1);
        Run run = latestRuns.get(slot);
        if (run == null || !run.isOf(changes)) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream(changes.size() * USUAL_SIZE);
            changes.forEach(changed -> frames.writeBytes(of(changed)));
            run = new Run(List.copyOf(changes), frames.toByteArray());
            latestRuns.set(slot, run);
        }
        return run.frames;
    }

    private byte[] of(Changed changed) {
        int slot = System.identityHashCode(changed) & (REMEMBERED - 1);
        Framed framed = latest.get(slot);
        if (framed == null || framed.changed != changed) {
            framed = new Framed(changed, frame("change", changed.cursor(), json(changed.change())));
            latest.set(slot, framed);
        }
        return framed.frame;
    }

    static byte[] of(Synced synced) {
        return frame("synced", synced.cursor(), JsonNodeFactory.instance.objectNode());
    }

    static byte[] of(Reset reset) {
        return frame(
                "reset",
                reset.cursor(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("reason", reset.reason().word()));
    }

    static byte[] heartbeat(String cursor) {
        return frame("heartbeat", cursor, JsonNodeFactory.instance.objectNode());
    }

    /** What readers ignore, and people who look at a stream may want to know. */
    static byte[] comment(String text) {
        return (": " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode json(RecordChange change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", change.key().type());
        json.put("id", change.key().localId());
        if (change.key().namespace() != null) {
            json.put("namespace", change.key().namespace());
        }
        json.put("factoryId", change.factoryId());
        json.put("action", change.action().word());
        ArrayNode keys = json.putArray("changedKeys");
        change.changedKeys().forEach(keys::add);
        json.put("version", change.version());
        json.put("ts", Timestamps.format(change.at()));
        json.put("actor", change.actor());
        return json;
    }

    private static byte[] frame(String event, String id, ObjectNode data) {
        return ("id: " + id + "\nevent: " + event + "\ndata: " + MAPPER.writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}

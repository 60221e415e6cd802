package dev.unlost.feed.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.feed.FeedItem.Changed;
import dev.unlost.feed.RecordChange;
import dev.unlost.versioning.Action;
import dev.unlost.versioning.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedFramesTest {

    private final FeedFrames frames = new FeedFrames();
    private final Changed first = change(1);
    private final Changed second = change(2);
    private final Changed third = change(3);

    @Test
    void whoeverIsToldTheSameIsToldTheSameBytes() {
        assertThat(frames.of(List.of(first, second, third))).isSameAs(frames.of(List.of(first, second, third)));
    }

    @Test
    void aRunIsWhatItsChangesAre() {
        byte[] all = frames.of(List.of(first, second, third));
        assertThat(text(all)).contains("\"version\":1", "\"version\":2", "\"version\":3");
        assertThat(text(frames.of(List.of(first, third))))
                .as("another filter, the same beginning and end")
                .contains("\"version\":1", "\"version\":3")
                .doesNotContain("\"version\":2");
        assertThat(text(frames.of(List.of(first)))).doesNotContain("\"version\":2");
        assertThat(text(all)).isEqualTo(text(frames.of(List.of(first))) + text(frames.of(List.of(second, third))));
        assertThat(frames.of(List.of())).isEmpty();
    }

    private static String text(byte[] frames) {
        return new String(frames, StandardCharsets.UTF_8);
    }

    private static Changed change(long version) {
        return new Changed(
                "cursor-" + version,
                new RecordChange(
                        new RecordKey("customer", "c-1"),
                        "ours",
                        Action.UPDATE,
                        List.of("phone"),
                        version,
                        Instant.EPOCH,
                        "ann"));
    }
}

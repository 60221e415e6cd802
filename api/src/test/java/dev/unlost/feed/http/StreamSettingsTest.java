package dev.unlost.feed.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StreamSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new StreamSettings(
                        Duration.ofSeconds(15), 2000, 200, Duration.ofSeconds(20), Duration.ofMinutes(1)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "unlost.feed.heartbeat", "1s",
                        "unlost.feed.max-streams", "2",
                        "unlost.feed.max-streams-per-factory", "3",
                        "unlost.feed.write-timeout", "4s",
                        "unlost.feed.recheck-token", "5s")))
                .isEqualTo(
                        new StreamSettings(Duration.ofSeconds(1), 2, 3, Duration.ofSeconds(4), Duration.ofSeconds(5)));
    }

    private static StreamSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("unlost.feed", StreamSettings.class);
    }
}

package dev.unlost.feed.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TailSettingsTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new TailSettings(Duration.ofMillis(25), 4096, 100, 2, Duration.ofSeconds(10)));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "unlost.feed.poll-interval", "1ms",
                        "unlost.feed.queue-size", "2",
                        "unlost.feed.page-size", "3",
                        "unlost.feed.backlog-connections", "4",
                        "unlost.feed.alarm-after", "5s")))
                .isEqualTo(new TailSettings(Duration.ofMillis(1), 2, 3, 4, Duration.ofSeconds(5)));
    }

    private static TailSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("unlost.feed", TailSettings.class);
    }
}

package dev.unlost.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EmbeddedPropertiesTest {

    @Test
    void defaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new EmbeddedProperties(
                        false,
                        Path.of(".unlost/postgres"),
                        54_329,
                        Path.of(System.getProperty("user.home"), ".cache/unlost/postgres")));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "unlost.embedded.enabled", "true",
                        "unlost.embedded.directory", "/srv/unlost",
                        "unlost.embedded.port", "5433",
                        "unlost.embedded.binaries", "/opt/postgres")))
                .isEqualTo(new EmbeddedProperties(true, Path.of("/srv/unlost"), 5433, Path.of("/opt/postgres")));
    }

    @Test
    void portIsOneThatCanBeListenedOn() {
        for (int port : new int[] {0, -1, 65_536}) {
            assertThatThrownBy(() -> new EmbeddedProperties(true, Path.of("anywhere"), port, null))
                    .hasMessageContaining("unlost.embedded.port");
        }
    }

    private static EmbeddedProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("unlost.embedded", EmbeddedProperties.class);
    }
}

package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.http.PreconditionSettings.Rule;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void defaults() {
        assertThat(bind("unlost.people", PeopleSettings.class, Map.of()).hideEmail())
                .isFalse();
        assertThat(bind("unlost", PreconditionSettings.class, Map.of()).preconditions())
                .isEmpty();
    }

    @Test
    void names() {
        assertThat(bind("unlost.people", PeopleSettings.class, Map.of("unlost.people.hide-email", "true"))
                        .hideEmail())
                .isTrue();
        assertThat(bind("unlost", PreconditionSettings.class, Map.of("unlost.preconditions.customer", "optional"))
                        .preconditions())
                .isEqualTo(Map.of("customer", Rule.OPTIONAL));
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }
}

package dev.unlost.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void defaults() {
        assertThat(bind("unlost.write", WriteProperties.class, Map.of()))
                .isEqualTo(new WriteProperties(32, Duration.ofSeconds(10), 16, DataSize.ofMegabytes(64), 50));
        assertThat(bind("unlost.maintenance", MaintenanceProperties.class, Map.of()))
                .isEqualTo(new MaintenanceProperties("unlost_maintenance", "", 12));
    }

    @Test
    void names() {
        assertThat(bind(
                        "unlost.write",
                        WriteProperties.class,
                        Map.of(
                                "unlost.write.max-in-flight", "1",
                                "unlost.write.patience", "2ms",
                                "unlost.write.max-waiting-per-factory", "5",
                                "unlost.write.cache-size", "3KB",
                                "unlost.write.snapshot-every", "4")))
                .isEqualTo(new WriteProperties(1, Duration.ofMillis(2), 5, DataSize.ofKilobytes(3), 4));
        assertThat(bind(
                        "unlost.maintenance",
                        MaintenanceProperties.class,
                        Map.of(
                                "unlost.maintenance.username", "keeper",
                                "unlost.maintenance.password", "secret",
                                "unlost.maintenance.pool-size", "2")))
                .isEqualTo(new MaintenanceProperties("keeper", "secret", 2));
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(
                        List.of(new MapConfigurationPropertySource(properties)),
                        PlaceholdersResolver.NONE,
                        ApplicationConversionService.getSharedInstance())
                .bindOrCreate(prefix, type);
    }
}

package dev.unlost.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RateLimitsTest {

    private final AtomicLong now = new AtomicLong();
    private final RateLimits limits = new RateLimits(new RateSettings(true, 1, 2, 2, 5), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void aPersonWhoHasUsedUpTheBurstGoesOnAtTheRate() {
        assertThat(limits.take("f-1", "ann")).isEmpty();
        assertThat(limits.take("f-1", "ann")).isEmpty();
        assertThat(limits.take("f-1", "ann")).contains(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofMillis(400).toNanos());
        assertThat(limits.take("f-1", "ann")).contains(Duration.ofMillis(600));
        now.addAndGet(Duration.ofMillis(600).toNanos());
        assertThat(limits.take("f-1", "ann")).isEmpty();
        assertThat(limits.take("f-1", "ann")).isPresent();
    }

    @Test
    void theSamePersonInAnotherFactoryIsAnotherOne() {
        limits.take("f-1", "ann");
        limits.take("f-1", "ann");
        assertThat(limits.take("f-1", "ann")).isPresent();
        assertThat(limits.take("f-2", "ann")).isEmpty();
    }

    @Test
    void aFactoryHasALimitForAllItsPeopleTogether() {
        for (String sub : new String[] {"ann", "ann", "bob", "bob", "cid"}) {
            assertThat(limits.take("f-1", sub)).isEmpty();
        }
        assertThat(limits.take("f-1", "cid")).contains(Duration.ofMillis(500));
        assertThat(limits.take("f-2", "cid")).isEmpty();
    }

    @Test
    void whatAPersonIsRefusedCountsForNobody() {
        for (int i = 0; i < 100; i++) {
            limits.take("f-1", "ann");
        }
        for (String sub : new String[] {"bob", "bob", "cid"}) {
            assertThat(limits.take("f-1", sub)).isEmpty();
        }
        assertThat(limits.take("f-1", "cid")).as("the factory's").isPresent();
        assertThat(limits.take("f-1", "cid")).isPresent();
        now.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(limits.take("f-1", "cid"))
                .as("cid's own, which the factory's refusals have left")
                .isEmpty();
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new RateSettings(true, 50, 200, 500, 1000));
    }

    @Test
    void names() {
        assertThat(bind(Map.of(
                        "unlost.rates.enabled", "false",
                        "unlost.rates.person-per-second", "1",
                        "unlost.rates.person-burst", "2",
                        "unlost.rates.factory-per-second", "3",
                        "unlost.rates.factory-burst", "4")))
                .isEqualTo(new RateSettings(false, 1, 2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_000_001})
    void aRateIsInItsRange(int value) {
        assertThatThrownBy(() -> new RateSettings(true, value, 1, 1, 1)).hasMessageContaining("person-per-second");
        assertThatThrownBy(() -> new RateSettings(true, 1, value, 1, 1)).hasMessageContaining("person-burst");
        assertThatThrownBy(() -> new RateSettings(true, 1, 1, value, 1)).hasMessageContaining("factory-per-second");
        assertThatThrownBy(() -> new RateSettings(true, 1, 1, 1, value)).hasMessageContaining("factory-burst");
    }

    private static RateSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("unlost.rates", RateSettings.class);
    }
}

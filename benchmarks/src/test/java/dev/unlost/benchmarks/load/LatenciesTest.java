package dev.unlost.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void aPercentileIsTheTimeWithinWhichThatShareWasDone() {
        Latencies odd = new Latencies();
        Latencies even = new Latencies();
        for (int millis = 100; millis > 0; millis--) {
            (millis % 2 == 0 ? even : odd).add(millis * 1_000_000L);
        }
        Latencies all = Latencies.together(List.of(odd, even));

        assertThat(all.count()).isEqualTo(100);
        assertThat(all.percentile(0.5)).isEqualTo(50);
        assertThat(all.percentile(0.99)).isEqualTo(99);
        assertThat(all.percentile(1)).isEqualTo(100);
    }

    @Test
    void ofNothingThereIsNone() {
        assertThatIllegalStateException().isThrownBy(() -> new Latencies().percentile(0.5));
    }
}

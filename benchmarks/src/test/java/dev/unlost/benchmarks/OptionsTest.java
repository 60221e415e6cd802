package dev.unlost.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unlost.benchmarks.parts.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void withoutArgumentsEverythingIsMeasuredInFull() {
        Options options = Options.of(List.of(), "");
        assertThat(options.parts()).isEmpty();
        assertThat(options.scale()).isEqualTo(Scale.FULL);
        assertThat(options.javaOptions()).isEmpty();
    }

    @Test
    void argumentsChangeTheScaleWhateverTheirOrder() {
        Options options = Options.of(List.of("updates", "--rounds", "7", "--quick", "reads"), "-Xss1m  -Xlog:gc");
        assertThat(options.parts()).containsExactly("updates", "reads");
        assertThat(options.scale().rounds()).isEqualTo(7);
        assertThat(options.scale().records()).isEqualTo(Scale.QUICK.records());
        assertThat(options.javaOptions()).containsExactly("-Xss1m", "-Xlog:gc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--round", "--rounds", "--rounds x", "--rounds -1"})
    void whatIsNotUnderstoodIsRefused(String arguments) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of(List.of(arguments.split(" ")), ""));
    }
}

package dev.unlost.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0123, 0.012", "1.234, 1.23", "12.34, 12.3", "123.4, 123", "'12345.6', '12,346'"})
    void haveTheDigitsThatCount(double number, String shown) {
        assertThat(Numbers.format(number)).isEqualTo(shown);
    }

    @Test
    void ofSeveralRoundsShowTheLeastAndTheMost() {
        assertThat(Numbers.format(new Spread(2, 1, 3))).isEqualTo("2.00 (1.00–3.00)");
        assertThat(Numbers.format(new Spread(2, 2, 2))).isEqualTo("2.00");
    }
}

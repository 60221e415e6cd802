package dev.unlost.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.benchmarks.report.Goal.Sense;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {

    @ParameterizedTest
    @CsvSource({
        "AT_LEAST, 1.3, 2.0, 2.0, aim met",
        "AT_LEAST, 1.3, 2.0, 1.3, must met",
        "AT_LEAST, 1.3, 2.0, 1.2, **missed**",
        "AT_MOST, 6, 3, 3, aim met",
        "AT_MOST, 6, 3, 6, must met",
        "AT_MOST, 6, 3, 7, **missed**"
    })
    void isJudgedByTheMedian(Sense sense, double must, double aim, double median, String verdict) {
        Goal goal = new Goal("what", sense, must, aim, "", Optional.of(new Spread(median, 0, 100)));
        assertThat(goal.verdict()).isEqualTo(verdict);
    }

    @Test
    void isNotMetByWhatWasNotMeasured() {
        assertThat(new Goal("what", Sense.AT_MOST, 6, 3, "", Optional.empty()).verdict())
                .isEqualTo("not measured");
    }

    @Test
    void showsItsBoundsWithoutZerosAtTheEnd() {
        Goal goal = new Goal("what", Sense.AT_MOST, 8, 0.5, " s", Optional.empty());
        assertThat(goal.must()).isEqualTo("≤ 8 s");
        assertThat(goal.aim()).isEqualTo("≤ 0.5 s");
    }
}

package dev.unlost.feed.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HorizonWatchTest {

    private final HorizonWatch watch = new HorizonWatch(Duration.ofSeconds(10));
    private long second;

    @Test
    void aLogThatNobodyHoldsIsNeverLate() {
        observe(100, 100, 60);
        observe(100, 100, 60);
        assertThat(watch.held()).isZero();
        assertThat(watch.isAlarmed()).isFalse();
    }

    @Test
    void aHorizonThatMovesOnIsNoReasonForAlarm() {
        observe(100, 105, 9);
        observe(101, 108, 9);
        assertThat(watch.held()).isZero();
        assertThat(watch.isAlarmed()).isFalse();
    }

    @Test
    void aTransactionThatHoldsTheHorizonRaisesTheAlarmUntilItEnds() {
        observe(100, 105, 5);
        observe(100, 110, 5);
        assertThat(watch.held()).isEqualTo(Duration.ofSeconds(5));
        assertThat(watch.isAlarmed()).isFalse();
        observe(100, 120, 5);
        assertThat(watch.isAlarmed()).isTrue();
        observe(121, 122, 1);
        assertThat(watch.isAlarmed()).isFalse();
        assertThat(watch.held()).isZero();
    }

    private void observe(long oldestRunning, long next, int secondsLater) {
        second += secondsLater;
        watch.observe(
                new Horizon(oldestRunning, next), Duration.ofSeconds(second).toNanos());
    }
}

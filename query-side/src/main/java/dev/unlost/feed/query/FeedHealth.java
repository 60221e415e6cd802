package dev.unlost.feed.query;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the feed keeps up. One that does not is no reason to take a node out of service, as every other would be
 * behind as well: {@code LAGGING} does not change the status of the whole.
 */
final class FeedHealth implements HealthIndicator {

    static final Status LAGGING = new Status("LAGGING", "a transaction or the database keeps the feed waiting");

    private final LogTail tail;
    private final Duration alarmAfter;

    FeedHealth(LogTail tail, Duration alarmAfter) {
        this.tail = tail;
        this.alarmAfter = alarmAfter;
    }

    @Override
    public Health health() {
        Duration lag = tail.lag();
        return Health.status(lag.compareTo(alarmAfter) < 0 ? Status.UP : LAGGING)
                .withDetail("lagMillis", lag.toMillis())
                .withDetail("waitingEvents", tail.waitingEvents())
                .build();
    }
}

package dev.unlost.feed.query;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is followed.
 *
 * @param pollInterval how often a node looks for other nodes' changes while somebody follows; its own wake it up
 * @param queueSize how many changes of a factory are held ready for all its followers together; one that falls further
 *     behind is cut off and resumes from its cursor
 * @param pageSize how many changes are read from the past at a time, and held for a follower that is still there
 * @param backlogConnections the most connections of the maintenance pool that followers of the past use at one time; the
 *     tail has one more
 * @param alarmAfter how long a single transaction may keep the readers waiting before that is worth a warning
 */
@ConfigurationProperties("unlost.feed")
record TailSettings(
        @DefaultValue("25ms") Duration pollInterval,
        @DefaultValue("4096") int queueSize,
        @DefaultValue("100") int pageSize,
        @DefaultValue("2") int backlogConnections,
        @DefaultValue("10s") Duration alarmAfter) {

    TailSettings {
        if (!pollInterval.isPositive() || queueSize < 1 || pageSize < 1 || backlogConnections < 1) {
            throw new IllegalArgumentException("unlost.feed: intervals, sizes and numbers must be positive");
        }
    }
}

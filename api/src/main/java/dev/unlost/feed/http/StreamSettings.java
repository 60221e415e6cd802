package dev.unlost.feed.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How streams of changes are served.
 *
 * @param heartbeat how often each is told that it is alive, and where it is
 * @param maxStreams the most on this node
 * @param maxStreamsPerFactory the most of one factory on this node
 * @param writeTimeout how long a client may take nothing of what was sent to it
 * @param recheckToken how often the token of an open stream is looked at again, for a key or a scope that was withdrawn;
 *     when it expires is watched all the time
 */
@ConfigurationProperties("unlost.feed")
record StreamSettings(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("2000") int maxStreams,
        @DefaultValue("200") int maxStreamsPerFactory,
        @DefaultValue("20s") Duration writeTimeout,
        @DefaultValue("1m") Duration recheckToken) {

    StreamSettings {
        if (!heartbeat.isPositive() || !writeTimeout.isPositive() || !recheckToken.isPositive()) {
            throw new IllegalArgumentException("unlost.feed: intervals must be positive");
        }
    }
}

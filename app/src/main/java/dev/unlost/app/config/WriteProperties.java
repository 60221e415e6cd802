package dev.unlost.app.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How writes are carried out.
 *
 * @param maxInFlight the most write transactions at one time; leave some of the pool's connections to reads
 * @param patience how long a write waits for its turn, and then for others of the same record, before it is answered 503
 * @param maxWaitingPerFactory how many of one factory's writes may wait for each other at one time; the next is answered
 *     503 at once
 * @param cacheSize memory for records as they were seen last; 0 turns the cache off
 * @param snapshotEvery how many versions of a record lie between two snapshots, from 1
 */
@ConfigurationProperties("unlost.write")
record WriteProperties(
        @DefaultValue("32") int maxInFlight,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("16") int maxWaitingPerFactory,
        @DefaultValue("64MB") DataSize cacheSize,
        @DefaultValue("50") int snapshotEvery) {}

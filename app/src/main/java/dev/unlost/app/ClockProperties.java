package dev.unlost.app;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this node takes the time to be.
 *
 * @param offset added to the system's clock, may be negative; for development only, to see nodes whose clocks differ
 */
@ConfigurationProperties("unlost.clock")
record ClockProperties(@DefaultValue("0s") Duration offset) {}

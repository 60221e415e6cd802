package dev.unlost.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests a node takes from one person, and from all people of one factory together. Each node counts for
 * itself: behind a balancer, n nodes take up to n times as many.
 *
 * @param enabled whether requests are counted at all
 * @param personPerSecond what a person may send all the time, in requests per second, 1 to 1,000,000
 * @param personBurst what a person may send at once after a pause, in requests, 1 to 1,000,000
 * @param factoryPerSecond what a factory may send all the time, in requests per second, 1 to 1,000,000
 * @param factoryBurst what a factory may send at once after a pause, in requests, 1 to 1,000,000
 */
@ConfigurationProperties("unlost.rates")
record RateSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("50") int personPerSecond,
        @DefaultValue("200") int personBurst,
        @DefaultValue("500") int factoryPerSecond,
        @DefaultValue("1000") int factoryBurst) {

    private static final int MAX = 1_000_000;

    RateSettings {
        check("person-per-second", personPerSecond);
        check("person-burst", personBurst);
        check("factory-per-second", factoryPerSecond);
        check("factory-burst", factoryBurst);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(
                    "unlost.rates.%s must be from 1 to %d, and is %d".formatted(name, MAX, value));
        }
    }
}

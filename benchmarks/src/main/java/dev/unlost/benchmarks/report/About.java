package dev.unlost.benchmarks.report;

/**
 * When and where figures were measured, and with what.
 *
 * @param date ISO 8601
 * @param commit of the source, shortened
 * @param processors how many
 * @param seconds for which each piece of work was measured in each round
 * @param warmUpSeconds of each service
 * @param readers of the feed meanwhile
 * @param records that were read and changed
 * @param javaOptions of the service, further ones
 * @param quick whether it was no more than a try
 */
public record About(
        String date,
        String commit,
        String java,
        String postgresql,
        String system,
        String processor,
        int processors,
        int rounds,
        long seconds,
        long warmUpSeconds,
        int readers,
        int records,
        String javaOptions,
        boolean quick) {}

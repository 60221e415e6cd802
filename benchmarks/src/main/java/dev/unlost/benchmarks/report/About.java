package dev.unlost.benchmarks.report;

import org.jspecify.annotations.Nullable;

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
 * @param stolen the share of all processors' time that the host of the virtual machine gave to others meanwhile, from 0 to
 *     1; null where it is not known
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
        boolean quick,
        @Nullable Double stolen) {}

package dev.unlost.benchmarks.parts;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param each how long each piece of work is measured in each round
 * @param warmUp of each service, all kinds of work together
 * @param records that are read and changed
 * @param readers of the feed
 * @param updatesOnDisk whose bytes are counted
 * @param rebuiltEvents in the log that is rebuilt from
 * @param logs events in the logs that are compared, ascending
 * @param ages versions of the records that are compared, ascending
 * @param catalogs elements in the catalogs that are compared, ascending
 * @param idleStreams whose memory is measured
 * @param quick whether this is no more than a try
 */
public record Scale(
        int rounds,
        Duration each,
        Duration warmUp,
        int records,
        int readers,
        int updatesOnDisk,
        int rebuiltEvents,
        List<Integer> logs,
        List<Integer> ages,
        List<Integer> catalogs,
        int idleStreams,
        boolean quick) {

    public static final Scale FULL = new Scale(
            5,
            Duration.ofSeconds(5),
            Duration.ofSeconds(90),
            5_000,
            100,
            50_000,
            200_000,
            List.of(1_000, 100_000, 2_000_000),
            List.of(10, 1_000, 10_000),
            List.of(1_000, 100_000),
            1_000,
            false);

    public static final Scale QUICK = new Scale(
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(6),
            300,
            100,
            3_000,
            10_000,
            List.of(1_000, 10_000, 20_000),
            List.of(10, 100, 1_000),
            List.of(1_000, 10_000),
            200,
            true);

    /** @param option of the command line */
    public Scale with(String option, int value) {
        return new Scale(
                option.equals("--rounds") ? value : rounds,
                option.equals("--seconds") ? Duration.ofSeconds(value) : each,
                option.equals("--warm-up") ? Duration.ofSeconds(value) : warmUp,
                records,
                option.equals("--readers") ? value : readers,
                updatesOnDisk,
                rebuiltEvents,
                logs,
                ages,
                catalogs,
                idleStreams,
                quick);
    }
}

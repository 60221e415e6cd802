package dev.unlost.benchmarks.report;

import java.util.Map;

/**
 * What was measured once.
 *
 * @param subject what was measured, e.g. {@code unlost}
 * @param work what it did
 * @param clients how many asked at the same time; 0 where nobody asks
 * @param round from 1; figures of one round can be compared with each other
 * @param values by name, see the constants
 */
public record Figure(String subject, String work, int clients, int round, Map<String, Double> values) {

    /** Operations per second. */
    public static final String PER_SECOND = "perSecond";
    /** Milliseconds within which half of the operations were done. */
    public static final String P50 = "p50";
    /** Milliseconds within which 99 % of the operations were done. */
    public static final String P99 = "p99";
    /** Milliseconds of processor time of the service, for each operation. */
    public static final String SERVICE_CPU = "serviceCpu";
    /** Milliseconds of processor time of PostgreSQL, for each operation. */
    public static final String DATABASE_CPU = "databaseCpu";
    /** MiB of resident memory. */
    public static final String RESIDENT = "resident";
    /** MiB of resident memory at its most. */
    public static final String MOST_RESIDENT = "mostResident";
    /** Seconds that it took. */
    public static final String SECONDS = "seconds";
    /** Bytes on disk for each update. */
    public static final String BYTES_PER_UPDATE = "bytesPerUpdate";
    /** Bytes of JSON of a whole record. */
    public static final String RECORD_BYTES = "recordBytes";
    /** Bytes of heap. */
    public static final String HEAP_BYTES = "heapBytes";
    /** Nanoseconds for each operation. */
    public static final String NANOS = "nanos";
    /** Bytes allocated for each operation. */
    public static final String ALLOCATED = "allocated";
    /** Milliseconds that the slowest operation took. */
    public static final String MAX = "max";
}

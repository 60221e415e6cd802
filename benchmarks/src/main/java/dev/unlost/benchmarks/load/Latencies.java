package dev.unlost.benchmarks.load;

import java.util.Arrays;
import java.util.List;

/** How long operations took. */
public final class Latencies {

    private long[] nanos = new long[4096];
    private int count;

    public void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    public static Latencies together(List<Latencies> parts) {
        Latencies all = new Latencies();
        all.nanos = parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.nanos, 0, part.count))
                .toArray();
        all.count = all.nanos.length;
        return all;
    }

    public int count() {
        return count;
    }

    /**
     * @param share from 0 to 1
     * @return milliseconds within which that share of the operations was done
     */
    public double percentile(double share) {
        if (count == 0) {
            throw new IllegalStateException("no operation was done");
        }
        Arrays.sort(nanos, 0, count);
        int index = (int) Math.ceil(share * count) - 1;
        return nanos[Math.max(index, 0)] / 1e6;
    }
}

package dev.unlost.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time so far, of all processors together, in ticks: what there was, and what the host of a virtual machine gave
 * to others although it was wanted here (proc_stat(5)).
 *
 * @param all without the time of guests, which is in the user's already
 */
public record Steal(long stolen, long all) {

    private static final int KINDS = 8;

    /** @return empty where the kernel does not say */
    public static Optional<Steal> now() throws IOException {
        return of(Path.of("/proc/stat"));
    }

    static Optional<Steal> of(Path stat) throws IOException {
        if (Files.notExists(stat)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(stat)) {
            return lines.filter(line -> line.startsWith("cpu ")).findFirst().flatMap(Steal::parse);
        }
    }

    private static Optional<Steal> parse(String line) {
        String[] words = line.split(" +", -1);
        if (words.length <= KINDS) {
            return Optional.empty();
        }
        long all = 0;
        for (int kind = 1; kind <= KINDS; kind++) {
            all += Long.parseLong(words[kind]);
        }
        return Optional.of(new Steal(Long.parseLong(words[KINDS]), all));
    }

    /** @return the share that was stolen since then, from 0 to 1 */
    public double since(Steal before) {
        long passed = all - before.all;
        return passed == 0 ? 0 : (stolen - before.stolen) / (double) passed;
    }
}

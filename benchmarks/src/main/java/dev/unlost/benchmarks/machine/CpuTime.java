package dev.unlost.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processor time that processes have used, as the Linux kernel counts it (proc_pid_stat(5)). */
final class CpuTime {

    /** {@code USER_HZ}, which is 100 on every architecture that Java runs on; clock ticks of 10 ms. */
    private static final long MILLIS_PER_TICK = 10;

    private static final Path PROC = Path.of("/proc");

    private CpuTime() {}

    /** @return milliseconds of user and system time, of the process and of its children that have ended */
    static long millis(long pid) {
        Stat stat = Stat.of(PROC.resolve(Long.toString(pid)));
        return (stat.own() + stat.ended()) * MILLIS_PER_TICK;
    }

    /** @return the same with the children that are alive */
    static long millisWithChildren(long pid) {
        long alive;
        long before;
        long after;
        do {
            before = millis(pid);
            alive = childrenAlive(pid);
            after = millis(pid);
            // a child that ended meanwhile may have been counted twice, or not at all
        } while (after - before > 2 * MILLIS_PER_TICK);
        return after + alive;
    }

    private static long childrenAlive(long pid) {
        long ticks = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Stat stat = Stat.of(process);
                if (stat.parent() == pid) {
                    ticks += stat.own() + stat.ended();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ticks * MILLIS_PER_TICK;
    }

    /** @param ended the time of children that were waited for, in ticks, as is {@code own} */
    private record Stat(long parent, long own, long ended) {

        static final Stat GONE = new Stat(-1, 0, 0);

        static Stat of(Path process) {
            try {
                String line = Files.readString(process.resolve("stat"));
                // the name, in parentheses, may hold anything
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 18);
                return new Stat(
                        Long.parseLong(fields[1]),
                        Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                        Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
            } catch (IOException e) {
                // it has ended, before or while the file was read
                return GONE;
            }
        }
    }

    /** @return a line of {@code /proc/PID/status} that is in kB, in MiB */
    static double statusMebibytes(long pid, String name) {
        try {
            String status = Files.readString(PROC.resolve(pid + "/status"));
            Matcher line = Pattern.compile("(?m)^" + name + ":\\s*(\\d+) kB$").matcher(status);
            if (!line.find()) {
                throw new IllegalStateException("no " + name + " of " + pid);
            }
            return Long.parseLong(line.group(1)) / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

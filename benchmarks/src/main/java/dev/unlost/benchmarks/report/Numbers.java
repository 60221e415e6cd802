package dev.unlost.benchmarks.report;

import java.util.Locale;
import java.util.Optional;

/** Numbers as the document shows them: three digits that count. */
final class Numbers {

    private Numbers() {}

    static String format(double number) {
        double size = Math.abs(number);
        String pattern = size >= 100 || number == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, pattern, number);
    }

    /** @return the median and, where they differ, the least and the most */
    static String format(Spread spread) {
        String min = format(spread.min());
        String max = format(spread.max());
        return min.equals(max) ? min : "%s (%s–%s)".formatted(format(spread.median()), min, max);
    }

    /** @return a blank cell where there is nothing */
    static String format(Optional<Spread> spread) {
        return spread.map(Numbers::format).orElse("");
    }

    static String median(Optional<Spread> spread) {
        return spread.map(known -> format(known.median())).orElse("");
    }
}

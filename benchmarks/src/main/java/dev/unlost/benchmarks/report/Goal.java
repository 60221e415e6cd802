package dev.unlost.benchmarks.report;

import java.util.Optional;

/**
 * What is to be reached.
 *
 * @param sense whether more or less of it is better
 * @param measured the median; empty where it was not measured
 */
record Goal(String what, Sense sense, double mustBe, double aimIs, String unit, Optional<Spread> measured) {

    enum Sense {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Sense(String sign) {
            this.sign = sign;
        }
    }

    String must() {
        return bound(mustBe);
    }

    String aim() {
        return bound(aimIs);
    }

    private String bound(double limit) {
        // without zeros at the end
        String number = limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
        return sense.sign + " " + number + unit;
    }

    String verdict() {
        return measured.map(spread -> {
                    double median = spread.median();
                    return reaches(median, aimIs) ? "aim met" : reaches(median, mustBe) ? "must met" : "**missed**";
                })
                .orElse("not measured");
    }

    private boolean reaches(double value, double limit) {
        return switch (sense) {
            case AT_LEAST -> value >= limit;
            case AT_MOST -> value <= limit;
        };
    }
}

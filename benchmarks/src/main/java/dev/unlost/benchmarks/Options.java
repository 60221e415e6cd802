package dev.unlost.benchmarks;

import dev.unlost.benchmarks.parts.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked for on the command line.
 *
 * @param parts to run, in this order; all if empty
 * @param scale of what is measured
 * @param javaOptions of the service under test, beside {@code -Xmx224m}
 */
record Options(List<String> parts, Scale scale, List<String> javaOptions) {

    static final String USAGE = """
            benchmarks/run [PART…] [--quick] [--rounds N] [--seconds N] [--warm-up N] [--readers N]

              PART        %s; all if none is named; report: only writes the document
              --quick     a try, the figures of which mean little
              --rounds    how often each piece of work is measured (5)
              --seconds   how long each time (5)
              --warm-up   seconds of work before the measurements, for each service (90)
              --readers   streams of changes that are read meanwhile (100)

            UNLOST_JAVA_OPTIONS are given to the JVM of the service, e.g. -XX:StartFlightRecording.
            """;

    /** @throws IllegalArgumentException if an argument is not understood */
    static Options of(List<String> arguments, String javaOptions) {
        List<String> parts = new ArrayList<>();
        Scale scale = arguments.contains("--quick") ? Scale.QUICK : Scale.FULL;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--quick" -> {}
                case "--rounds", "--seconds", "--warm-up", "--readers" -> {
                    i++;
                    scale = scale.with(argument, number(argument, i < arguments.size() ? arguments.get(i) : ""));
                }
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException(argument);
                    }
                    parts.add(argument);
                }
            }
        }
        return new Options(
                List.copyOf(parts),
                scale,
                javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split("\\s+")));
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number", e);
        }
    }
}

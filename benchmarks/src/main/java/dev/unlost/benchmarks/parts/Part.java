package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.report.Figure;
import java.util.List;

/** A part of the suite. */
@FunctionalInterface
public interface Part {

    /** @throws Exception if anything was not answered as it should be; then there are no figures */
    List<Figure> measure(Bench bench, Scale scale) throws Exception;
}

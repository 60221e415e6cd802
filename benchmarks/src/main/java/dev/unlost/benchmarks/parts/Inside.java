package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.report.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The microbenchmarks, by JMH. */
public final class Inside implements Part {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws RunnerException {
        List<Figure> figures = new ArrayList<>();
        for (RunResult run : new Runner(new OptionsBuilder()
                        .include("\\.(Fold|EventJson|Edge)Benchmark\\.")
                        .forks(scale.quick() ? 1 : 2)
                        .warmupIterations(scale.rounds())
                        .warmupTime(TimeValue.milliseconds(scale.each().toMillis() / 3))
                        .measurementIterations(scale.rounds())
                        .measurementTime(TimeValue.milliseconds(scale.each().toMillis() / 3))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run()) {
            figures.addAll(figures(run));
        }
        return figures;
    }

    private static List<Figure> figures(RunResult run) {
        String benchmark = run.getParams().getBenchmark();
        List<Figure> figures = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                Map<String, Double> values = new HashMap<>();
                values.put(Figure.NANOS, iteration.getPrimaryResult().getScore());
                Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                if (allocated != null) {
                    values.put(Figure.ALLOCATED, allocated.getScore());
                }
                figures.add(new Figure("", words(benchmark), 0, figures.size() + 1, values));
            }
        }
        return figures;
    }

    /** @return the words of a method's name */
    private static String words(String benchmark) {
        return benchmark
                .substring(benchmark.lastIndexOf('.') + 1)
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT);
    }
}

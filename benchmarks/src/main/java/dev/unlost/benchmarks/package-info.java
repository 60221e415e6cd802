/** Measures the service beside others and writes docs/benchmarks.md: benchmarks/run. */
@NullMarked
package dev.unlost.benchmarks;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.benchmarks.report;

import org.jspecify.annotations.NullMarked;

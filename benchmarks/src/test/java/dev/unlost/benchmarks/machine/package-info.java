@NullMarked
package dev.unlost.benchmarks.machine;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.benchmarks.load;

import org.jspecify.annotations.NullMarked;

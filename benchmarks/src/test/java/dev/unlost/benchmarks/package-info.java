@NullMarked
package dev.unlost.benchmarks;

import org.jspecify.annotations.NullMarked;

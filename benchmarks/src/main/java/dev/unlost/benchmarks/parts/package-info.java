/** The parts of the suite, each of which can be run by itself. */
@NullMarked
package dev.unlost.benchmarks.parts;

import org.jspecify.annotations.NullMarked;

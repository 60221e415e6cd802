/** Microbenchmarks of the parts within the service that each request goes through. */
@NullMarked
package dev.unlost.benchmarks.inside;

import org.jspecify.annotations.NullMarked;

/** The load: who asks, what is asked, and how long the answers take. */
@NullMarked
package dev.unlost.benchmarks.load;

import org.jspecify.annotations.NullMarked;

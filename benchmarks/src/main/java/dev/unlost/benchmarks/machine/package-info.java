/** What is measured: PostgreSQL, the services as processes, and what the operating system says of them. */
@NullMarked
package dev.unlost.benchmarks.machine;

import org.jspecify.annotations.NullMarked;

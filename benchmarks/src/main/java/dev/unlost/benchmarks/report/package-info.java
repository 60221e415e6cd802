/** Figures, and the document that is made of them. */
@NullMarked
package dev.unlost.benchmarks.report;

import org.jspecify.annotations.NullMarked;

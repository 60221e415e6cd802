/** Metahubs as a whole: what their users define, what their records demand of each other, and how elements are found. */
@NullMarked
package dev.unlost.app.metahub;

import org.jspecify.annotations.NullMarked;

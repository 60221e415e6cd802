/** The read model's upkeep, for operators. */
@NullMarked
package dev.unlost.app.projections;

import org.jspecify.annotations.NullMarked;

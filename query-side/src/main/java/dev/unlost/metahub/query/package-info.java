/** The read model of the metahub. */
@NullMarked
package dev.unlost.metahub.query;

import org.jspecify.annotations.NullMarked;

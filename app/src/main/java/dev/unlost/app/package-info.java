/** The runnable service. */
@NullMarked
package dev.unlost.app;

import org.jspecify.annotations.NullMarked;

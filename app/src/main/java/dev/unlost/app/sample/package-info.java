/** The sample data that a first start in development brings along. */
@NullMarked
package dev.unlost.app.sample;

import org.jspecify.annotations.NullMarked;

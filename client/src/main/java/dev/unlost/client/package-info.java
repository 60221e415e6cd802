/**
 * For those who call the service: records that are changed without losing anybody's edit, and live copies of them.
 *
 * <p>{@link dev.unlost.client.UnlostClient} is where to begin.
 */
@NullMarked
package dev.unlost.client;

import org.jspecify.annotations.NullMarked;

/** Reads the log without loss and tells its changes to whoever follows them. */
@NullMarked
package dev.unlost.feed.query;

import org.jspecify.annotations.NullMarked;

/** New ids, which need the time and chance: messages are given theirs. */
@NullMarked
package dev.unlost.ids;

import org.jspecify.annotations.NullMarked;

/** The feed of changes: what it tells, from where it starts, and how it is read. */
@NullMarked
package dev.unlost.feed;

import org.jspecify.annotations.NullMarked;

/** Who is calling, and what they may do. */
@NullMarked
package dev.unlost.security;

import org.jspecify.annotations.NullMarked;

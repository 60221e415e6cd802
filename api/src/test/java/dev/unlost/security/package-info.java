@NullMarked
package dev.unlost.security;

import org.jspecify.annotations.NullMarked;

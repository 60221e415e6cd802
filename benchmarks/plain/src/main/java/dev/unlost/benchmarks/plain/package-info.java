/**
 * The service that one would otherwise write: one table, JPA with {@code @Version}, a hand-written controller. Written as
 * such services usually are, neither made slow nor tuned.
 */
@NullMarked
package dev.unlost.benchmarks.plain;

import org.jspecify.annotations.NullMarked;

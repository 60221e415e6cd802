/** The edge that every kind of record shares: reading requests, preconditions, answers and problems. */
@NullMarked
package dev.unlost.http;

import org.jspecify.annotations.NullMarked;

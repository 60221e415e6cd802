/** Earlier versions, histories, comparisons and blame, from outside: over HTTP, on PostgreSQL. */
@NullMarked
package dev.unlost.app.past;

import org.jspecify.annotations.NullMarked;

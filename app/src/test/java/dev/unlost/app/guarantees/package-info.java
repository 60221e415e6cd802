/** What the service promises, tried from outside: over HTTP, on PostgreSQL, with several nodes. */
@NullMarked
package dev.unlost.app.guarantees;

import org.jspecify.annotations.NullMarked;

/** PostgreSQL for development, started by the service itself, and what else lives beside its data. */
@NullMarked
package dev.unlost.app.embedded;

import org.jspecify.annotations.NullMarked;

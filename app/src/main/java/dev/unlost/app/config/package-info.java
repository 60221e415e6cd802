/** What the two sides and the edge are run with: transactions, the event store, the command bus. */
@NullMarked
package dev.unlost.app.config;

import org.jspecify.annotations.NullMarked;

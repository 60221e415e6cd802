/** The customer: its contents, commands, events and queries. */
@NullMarked
package dev.unlost.customer;

import org.jspecify.annotations.NullMarked;

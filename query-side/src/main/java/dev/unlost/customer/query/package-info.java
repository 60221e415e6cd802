/** The read model of customers: their tables, the projection into them, and the answers to queries. */
@NullMarked
package dev.unlost.customer.query;

import org.jspecify.annotations.NullMarked;

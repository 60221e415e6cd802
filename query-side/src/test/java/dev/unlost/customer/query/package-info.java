@NullMarked
package dev.unlost.customer.query;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.customer.http;

import org.jspecify.annotations.NullMarked;

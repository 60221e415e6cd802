@NullMarked
package dev.unlost.customer.command;

import org.jspecify.annotations.NullMarked;

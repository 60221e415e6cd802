/** A worked consumer. */
@NullMarked
package dev.unlost.client.example;

import org.jspecify.annotations.NullMarked;

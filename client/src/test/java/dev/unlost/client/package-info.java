@NullMarked
package dev.unlost.client;

import org.jspecify.annotations.NullMarked;

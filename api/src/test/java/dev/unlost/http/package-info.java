@NullMarked
package dev.unlost.http;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.console.http;

import org.jspecify.annotations.NullMarked;

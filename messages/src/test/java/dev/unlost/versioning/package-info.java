@NullMarked
package dev.unlost.versioning;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.versioning.query;

import org.jspecify.annotations.NullMarked;

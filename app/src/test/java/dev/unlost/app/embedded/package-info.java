@NullMarked
package dev.unlost.app.embedded;

import org.jspecify.annotations.NullMarked;

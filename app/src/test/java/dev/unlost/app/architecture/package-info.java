/** What may depend on what. */
@NullMarked
package dev.unlost.app.architecture;

import org.jspecify.annotations.NullMarked;

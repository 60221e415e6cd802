/** Breaks the rules, so that it can be seen that they hold. */
@NullMarked
package dev.unlost.app.architecture.bad.client;

import org.jspecify.annotations.NullMarked;

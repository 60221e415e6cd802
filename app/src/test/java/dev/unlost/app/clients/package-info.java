/** The service as the Java client sees it. */
@NullMarked
package dev.unlost.app.clients;

import org.jspecify.annotations.NullMarked;

/** What must hold before the service takes its first request. */
@NullMarked
package dev.unlost.app.startup;

import org.jspecify.annotations.NullMarked;

/** What keeps the service, and those who use it, from harm: limits, headers, health and logs. */
@NullMarked
package dev.unlost.app.protection;

import org.jspecify.annotations.NullMarked;

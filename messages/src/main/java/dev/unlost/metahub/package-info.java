/** The metahub: reference data whose shape its users define. Its contents, commands, events and queries. */
@NullMarked
package dev.unlost.metahub;

import org.jspecify.annotations.NullMarked;

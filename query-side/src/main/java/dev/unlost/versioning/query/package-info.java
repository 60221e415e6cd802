/** The read model that records share: how rows are written with their events, healed, rebuilt and verified. */
@NullMarked
package dev.unlost.versioning.query;

import org.jspecify.annotations.NullMarked;

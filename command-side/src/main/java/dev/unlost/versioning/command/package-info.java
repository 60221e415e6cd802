/** The write model's foundation: the guarded aggregate, the event store on PostgreSQL, cache and snapshots. */
@NullMarked
package dev.unlost.versioning.command;

import org.jspecify.annotations.NullMarked;

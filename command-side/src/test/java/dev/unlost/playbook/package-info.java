/** Optimistic locking for any table: the functions of the playbook, on a real PostgreSQL. */
@NullMarked
package dev.unlost.playbook;

import org.jspecify.annotations.NullMarked;

/** Answers what is asked of tables, from the read models of all kinds of records. */
@NullMarked
package dev.unlost.table.query;

import org.jspecify.annotations.NullMarked;

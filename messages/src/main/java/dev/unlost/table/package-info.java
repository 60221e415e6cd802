/** Records asked for as the rows of tables: conditions on columns, an order, a stretch, a count. */
@NullMarked
package dev.unlost.table;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.table.query;

import org.jspecify.annotations.NullMarked;

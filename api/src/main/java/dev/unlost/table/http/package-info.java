/** Tables of records over HTTP, in the dialect of PostgREST. */
@NullMarked
package dev.unlost.table.http;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.table.http;

import org.jspecify.annotations.NullMarked;

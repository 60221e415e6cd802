@NullMarked
package dev.unlost.feed.query;

import org.jspecify.annotations.NullMarked;

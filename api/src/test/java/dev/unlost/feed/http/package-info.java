@NullMarked
package dev.unlost.feed.http;

import org.jspecify.annotations.NullMarked;

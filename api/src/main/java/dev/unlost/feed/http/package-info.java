/** The feed over HTTP: a stream of server-sent events, or pages. */
@NullMarked
package dev.unlost.feed.http;

import org.jspecify.annotations.NullMarked;

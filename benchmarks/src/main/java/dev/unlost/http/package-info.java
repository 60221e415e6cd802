/** What the microbenchmarks measure of the edge is not public: they are in its package. */
@NullMarked
package dev.unlost.http;

import org.jspecify.annotations.NullMarked;

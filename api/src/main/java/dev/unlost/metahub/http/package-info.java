/** Metahubs over HTTP. */
@NullMarked
package dev.unlost.metahub.http;

import org.jspecify.annotations.NullMarked;

/** Answers who the people are that edited records. */
@NullMarked
package dev.unlost.people.query;

import org.jspecify.annotations.NullMarked;

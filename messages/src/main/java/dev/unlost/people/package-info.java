/** The people who edit records: who they are, kept current from their verified tokens. */
@NullMarked
package dev.unlost.people;

import org.jspecify.annotations.NullMarked;

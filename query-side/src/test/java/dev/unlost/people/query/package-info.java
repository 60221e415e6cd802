@NullMarked
package dev.unlost.people.query;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.people.command;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.versioning.command;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.unlost.metahub.command;

import org.jspecify.annotations.NullMarked;

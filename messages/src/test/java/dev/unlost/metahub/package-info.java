@NullMarked
package dev.unlost.metahub;

import org.jspecify.annotations.NullMarked;

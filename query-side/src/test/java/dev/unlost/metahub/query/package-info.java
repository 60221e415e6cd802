@NullMarked
package dev.unlost.metahub.query;

import org.jspecify.annotations.NullMarked;

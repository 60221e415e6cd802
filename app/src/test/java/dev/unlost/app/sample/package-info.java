@NullMarked
package dev.unlost.app.sample;

import org.jspecify.annotations.NullMarked;

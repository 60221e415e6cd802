@NullMarked
package dev.unlost.app.startup;

import org.jspecify.annotations.NullMarked;
